// The UI may show a chart, and inline type names count as types: nothing here may be reported.
import { sample } from '../sim/charts/sample.chart.ts';
import { type Shape } from '../sim/target.ts';

export const Chart = ({ size }: { size: Shape }) => <output>{`${sample.length} ${size}`}</output>;
