// A chart may use xstate and other charts: nothing here may be reported.
import { setup } from 'xstate';
import { other } from './other.chart.ts';

export const sample = [setup, other];
