/**
 * The run hash: for every executed event and command, in order, (time as float64 bits, kind, subject, outcome).
 * Two 32-bit lanes of multiply-and-rotate; 16 hex digits.
 */
const f64 = new Float64Array(1);
const i32 = new Int32Array(f64.buffer);

export class RunHash {
  readonly lanes = new Int32Array([0x243f6a88, 0x13198a2e]);

  fold(time: number, kind: number, subject: number, outcome: number): void {
    f64[0] = time;
    const lanes = this.lanes;
    let a = lanes[0];
    let b = lanes[1];
    a = Math.imul(a ^ i32[0], 0x9e3779b1);
    a = (a << 13) | (a >>> 19);
    b = Math.imul(b ^ i32[1], 0x85ebca77);
    b = (b << 17) | (b >>> 15);
    a = Math.imul(a + b + subject, 0xc2b2ae3d);
    b = Math.imul(b ^ (a >>> 15) ^ ((kind << 8) | outcome), 0x27d4eb2f);
    lanes[0] = a ^ (b >>> 13);
    lanes[1] = b;
  }

  hex(): string {
    const word = (x: number): string => (x >>> 0).toString(16).padStart(8, '0');
    return word(this.lanes[0]) + word(this.lanes[1]);
  }
}
