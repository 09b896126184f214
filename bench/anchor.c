/*
 * The loop of anchor-loop.ts (round robin) in C, draw for draw: sfc32, exponential by ziggurat, a calendar queue whose
 * bucket width is fitted to the known rate. Built with contraction off it gives the same bits as the engine.
 * usage: anchor WORKERS RHO REQUESTS SEED -> CPU ns an event, mean wait, time of the last departure
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>
#include <time.h>

static double portable_ln(double x) {
  uint64_t bits;
  memcpy(&bits, &x, 8);
  int exponent = (int)(bits >> 52) - 1023;
  bits = (bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL;
  double m;
  memcpy(&m, &bits, 8);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    exponent++;
  }
  double s = (m - 1) / (m + 1), z = s * s;
  double series =
      1.0 / 3 + z * (1.0 / 5 + z * (1.0 / 7 + z * (1.0 / 9 + z * (1.0 / 11 + z * (1.0 / 13 + z * (1.0 / 15 + z * (1.0 / 17 + z * (1.0 / 19 + z / 21))))))));
  return exponent * 0.6931471803691238 + (2 * s + (2 * s * z * series + exponent * 1.9082149292705877e-10));
}

static double portable_exp(double x) {
  double n = floor(x * 1.4426950408889634 + 0.5);
  double r = x - n * 0.6931471803691238 - n * 1.9082149292705877e-10;
  double term = 1, sum = 1;
  for (int k = 1; k <= 18; k++) {
    term *= r / k;
    sum += term;
  }
  uint64_t bits = (uint64_t)(1023 + (int)n) << 52;
  double power;
  memcpy(&power, &bits, 8);
  return sum * power;
}

typedef struct { uint32_t a, b, c, d; } stream;

static uint32_t draw(stream *s) {
  uint32_t t = s->a + s->b + s->d;
  s->d++;
  s->a = s->b ^ (s->b >> 9);
  s->b = s->c + (s->c << 3);
  s->c = ((s->c << 21) | (s->c >> 11)) + t;
  return t;
}

static uint32_t mix32(uint32_t x) {
  x = (x ^ (x >> 16)) * 0x85ebca6bu;
  x = (x ^ (x >> 13)) * 0xc2b2ae35u;
  return x ^ (x >> 16);
}

static stream open_stream(uint32_t seed, uint32_t concern) {
  stream s = {mix32(seed ^ 0x9e3779b9u), mix32(((concern + 1) * 0x85ebca6bu) ^ seed), mix32(seed + concern * 0xc2b2ae35u), 1};
  for (int i = 0; i < 15; i++) draw(&s);
  return s;
}

#define ZIG_R 7.69711747013105
static double zig_k[256], zig_w[256], zig_f[256];

static void zig_init(void) {
  const double m = 4294967296.0, v = 0.003949659822581557;
  double de = ZIG_R, te = de, q = v / portable_exp(-de);
  zig_k[0] = (de / q) * m;
  zig_k[1] = 0;
  zig_w[0] = q / m;
  zig_w[255] = de / m;
  zig_f[0] = 1;
  zig_f[255] = portable_exp(-de);
  for (int i = 254; i >= 1; i--) {
    de = -portable_ln(v / de + portable_exp(-de));
    zig_k[i + 1] = (de / te) * m;
    te = de;
    zig_f[i] = portable_exp(-de);
    zig_w[i] = de / m;
  }
}

static double exponential(stream *s) {
  for (;;) {
    uint32_t u = draw(s);
    int i = u & 255;
    double x = u * zig_w[i];
    if (u < zig_k[i]) return x;
    if (i == 0) return ZIG_R + exponential(s);
    double uniform = draw(s) * 2.3283064365386963e-10;
    if (zig_f[i] + uniform * (zig_f[i - 1] - zig_f[i]) < portable_exp(-x)) return x;
  }
}

/* Pending events: a calendar of sorted lists. */
static double *when;
static int32_t *kind, *worker, *link_, *heads;
static int32_t free_node, used_nodes, mask;
static double inv;
static int64_t day;

static void push(double time, int32_t k, int32_t a) {
  int32_t node = free_node;
  if (node >= 0) free_node = link_[node];
  else node = used_nodes++;
  when[node] = time;
  kind[node] = k;
  worker[node] = a;
  int32_t bucket = (int32_t)((int64_t)(time * inv) & mask), at = heads[bucket];
  if (at < 0 || when[at] > time) {
    link_[node] = at;
    heads[bucket] = node;
    return;
  }
  int32_t after = link_[at];
  while (after >= 0 && when[after] <= time) {
    at = after;
    after = link_[at];
  }
  link_[node] = after;
  link_[at] = node;
}

static int32_t pop(void) {
  for (;;) {
    int32_t bucket = (int32_t)(day & mask), node = heads[bucket];
    if (node >= 0 && (int64_t)(when[node] * inv) == day) {
      heads[bucket] = link_[node];
      link_[node] = free_node;
      free_node = node;
      return node;
    }
    day++;
  }
}

static void run(int c, double rho, long requests, uint32_t seed, double *mean_wait, double *end) {
  double rate = rho * c;
  int capacity = c + 16, buckets = 16;
  while (buckets < capacity) buckets *= 2;
  when = malloc(capacity * sizeof *when);
  kind = malloc(capacity * sizeof *kind);
  worker = malloc(capacity * sizeof *worker);
  link_ = malloc(capacity * sizeof *link_);
  heads = malloc(buckets * sizeof *heads);
  memset(heads, -1, buckets * sizeof *heads);
  mask = buckets - 1;
  inv = rate;
  day = 0;
  free_node = -1;
  used_nodes = 0;

  long rows = 1024, used = 0, free_row = -1;
  double *arrived = malloc(rows * sizeof *arrived);
  int32_t *next = malloc(rows * sizeof *next);
  int32_t *head = malloc(c * sizeof *head), *tail = malloc(c * sizeof *tail);
  char *busy = calloc(c, 1);
  memset(head, -1, c * sizeof *head);
  memset(tail, -1, c * sizeof *tail);

  stream arrivals = open_stream(seed, 0), work = open_stream(seed, 1);
  long sent = 0, served = 0;
  double waited = 0, now = 0;
  int turn = 0;
  push(exponential(&arrivals) / rate, 0, 0);
  while (served < requests) {
    int32_t node = pop();
    now = when[node];
    if (kind[node] == 0) {
      if (++sent < requests) push(now + exponential(&arrivals) / rate, 0, 0);
      int q = turn;
      if (++turn == c) turn = 0;
      if (!busy[q]) {
        busy[q] = 1;
        push(now + exponential(&work), 1, q);
        continue;
      }
      long row = free_row;
      if (row >= 0) free_row = next[row];
      else {
        if (used == rows) {
          rows *= 2;
          arrived = realloc(arrived, rows * sizeof *arrived);
          next = realloc(next, rows * sizeof *next);
        }
        row = used++;
      }
      arrived[row] = now;
      next[row] = -1;
      if (tail[q] >= 0) next[tail[q]] = (int32_t)row;
      else head[q] = (int32_t)row;
      tail[q] = (int32_t)row;
    } else {
      served++;
      int q = worker[node];
      int32_t row = head[q];
      if (row < 0) {
        busy[q] = 0;
        continue;
      }
      head[q] = next[row];
      if (head[q] < 0) tail[q] = -1;
      waited += now - arrived[row];
      next[row] = (int32_t)free_row;
      free_row = row;
      push(now + exponential(&work), 1, q);
    }
  }
  *mean_wait = waited / requests;
  *end = now;
  free(when); free(kind); free(worker); free(link_); free(heads);
  free(arrived); free(next); free(head); free(tail); free(busy);
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  int c = atoi(argv[1]);
  double rho = atof(argv[2]);
  long requests = atol(argv[3]);
  uint32_t seed = (uint32_t)strtoul(argv[4], NULL, 10);
  zig_init();
  double mean_wait, end;
  clock_t start = clock();
  run(c, rho, requests, seed, &mean_wait, &end);
  double ns = (double)(clock() - start) / CLOCKS_PER_SEC * 1e9 / (2.0 * requests);
  printf("%.3f %.17g %.17g\n", ns, mean_wait, end);
  return 0;
}
