import type { Platform } from '../platforms/platform.ts';
import { argoCd } from './argo-cd.ts';
import { composeUp } from './compose-up.ts';
import type { Detector } from './detector.ts';
import { dockerDiff } from './docker-diff.ts';
import { terraformPlan } from './terraform-plan.ts';

/** Every tool that looks for drift. */
export const DETECTORS: readonly Detector[] = [dockerDiff, composeUp, argoCd, terraformPlan];

/** Those of a platform, in the order in which it names them. */
export const detectorsOf = ({ detectors }: Platform): readonly Detector[] =>
  detectors.flatMap((name) => DETECTORS.filter((detector) => detector.name === name));
