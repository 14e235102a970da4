import { useEffect, useRef, useState } from 'react';
import { project, type PlanePoint } from '../../../analysis/plane';
import { descendInPlane } from '../../../analysis/planeDescent';
import { toErrorRecord, type ErrorRecord } from '../../../model/errors';
import type { EngineKind, Evaluation } from '../../../model/evaluation';
import { weightCount } from '../../../model/parameterArrays';
import type { Parameters, Problem } from '../../../model/problem';
import { pointOnPlane } from '../../../model/surface';
import { trainingPlan, type TrainingPlan } from '../../../model/training';
import type { AppServices } from '../../../state/services';
import { useServices } from '../../app/context';
import type { SurfaceAxes } from './surfaceAxes';
import type { Way } from './surfaceSettings';

export const PATH_KINDS = ['unclipped', 'clipped'] as const;
export type PathKind = (typeof PATH_KINDS)[number];

/** A way over the map, as the axes count. */
export interface SurfacePath {
  readonly kind: PathKind;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** The losses before each update, as far as they were recorded; +Infinity where a pass overflowed */
  readonly losses: readonly number[];
  /** Largest gradient norm before clipping, in (a, b) or over all weights */
  readonly steepest: number;
  /** Greatest distance from the plane, ‖·‖ over all weights; 0 on it */
  readonly off: number;
  /** Why it ended before its updates were done */
  readonly stopped: boolean;
}

export interface PathRequest {
  readonly problem: Problem;
  readonly axes: SurfaceAxes;
  /** The picked point where it starts; null for the present weights */
  readonly picked: readonly [a: number, b: number] | null;
  readonly way: Way;
  readonly updates: number;
  readonly clipNorm: number;
  readonly plan: TrainingPlan;
  readonly engine: EngineKind;
}

export interface Paths {
  readonly paths: readonly SurfacePath[];
  /** What they belong to; null before the first request */
  readonly of: Pick<PathRequest, 'axes' | 'problem'> | null;
  readonly way: Way;
  readonly isRunning: boolean;
  readonly error: ErrorRecord | null;
  readonly run: (request: PathRequest) => void;
  readonly clear: () => void;
}

type Trained = Pick<Paths, 'paths' | 'of' | 'way' | 'isRunning' | 'error'>;
const NONE: Trained = { paths: [], of: null, way: 'plane', isRunning: false, error: null };

/** Two trainings from one point, once clipped by norm and once not. */
export function usePaths(): Paths {
  const services = useServices();
  const [trained, setTrained] = useState<Trained>(NONE);
  const pending = useRef<AbortController | null>(null);
  useEffect(() => () => pending.current?.abort(), []);
  const clear = () => {
    pending.current?.abort();
    setTrained(NONE);
  };
  const run = (request: PathRequest) => {
    pending.current?.abort();
    const { signal } = (pending.current = new AbortController());
    const { axes, problem, way } = request;
    setTrained({ ...NONE, of: { axes, problem }, way, isRunning: true });
    const add = (path: SurfacePath) =>
      !signal.aborted && setTrained((now) => ({ ...now, paths: [...now.paths, path] }));
    void (async () => {
      try {
        for (const kind of PATH_KINDS) {
          add(await (way === 'plane' ? descend : train)(kind, request, services, signal));
        }
        if (!signal.aborted) setTrained((now) => ({ ...now, isRunning: false }));
      } catch (error) {
        if (signal.aborted) return;
        setTrained((now) => ({ ...now, isRunning: false, error: toErrorRecord(error) }));
      }
    })();
  };
  return { ...trained, run, clear };
}

/** ∂L/∂θ as the arrays of an evaluation. */
export function gradientOf({ dWx, dWh, db, dWy, dc }: Evaluation): Parameters {
  return {
    ...{ inputWeights: dWx, recurrentWeights: dWh, hiddenBias: db },
    ...{ outputWeights: dWy, outputBias: dc },
  };
}

async function descend(
  kind: PathKind,
  { problem, axes, picked, updates, clipNorm, plan, engine }: PathRequest,
  { evaluate }: AppServices,
  signal: AbortSignal,
): Promise<SurfacePath> {
  const points = await descendInPlane(
    axes.origin,
    axes.plane,
    {
      start: picked ?? axes.here,
      lr: plan.optimizer.lr,
      clipNorm: kind === 'clipped' ? clipNorm : null,
      updates,
    },
    async (parameters) => {
      const evaluation = await evaluate({ ...problem, parameters }, engine);
      if (evaluation.overflowAt !== null) return null;
      return { loss: evaluation.loss, gradient: gradientOf(evaluation) };
    },
    signal,
  );
  return {
    kind,
    points: points.map(({ a, b }) => ({ x: axes.x.offset + a, y: axes.y.offset + b })),
    losses: points.map(({ loss }) => loss),
    steepest: Math.max(0, ...points.map(({ gradientNorm }) => gradientNorm || 0)),
    off: 0,
    stopped: points.length <= updates || points[points.length - 1]?.loss === Infinity,
  };
}

/** Numbers that the weights on one way may take together */
const MOST_NUMBERS = 4e6;

async function train(
  kind: PathKind,
  { problem, axes, picked, updates, clipNorm, plan }: PathRequest,
  { stretch }: AppServices,
  signal: AbortSignal,
): Promise<SurfacePath> {
  const parameters =
    picked === null ? problem.parameters : pointOnPlane(axes.origin, axes.plane, ...picked);
  const points: PlanePoint[] = [project(axes.plane, axes.origin, parameters)];
  const losses: number[] = [];
  let steepest = 0;
  const most = Math.max(8, Math.min(updates, Math.floor(MOST_NUMBERS / weightCount(parameters))));
  const { stop, state } = await stretch(
    {
      ...{ problem: { ...problem, parameters }, from: null, until: updates, most, fresh: null },
      plan: trainingPlan(plan.optimizer, {
        ...{ clipNorm: kind === 'clipped' ? clipNorm : null, redraw: plan.redraw },
      }),
    },
    {
      signal,
      onPart: ({ snapshots, records }) => {
        for (const snapshot of snapshots) {
          points.push(project(axes.plane, axes.origin, snapshot.parameters));
        }
        for (const record of records) {
          losses.push(...record.losses);
          steepest = Math.max(steepest, ...record.log2GradientNorms.map((log2) => 2 ** log2));
        }
      },
    },
  );
  points.push(project(axes.plane, axes.origin, state.parameters));
  if (stop?.reason === 'non-finite') losses.push(Infinity);
  return {
    kind,
    points: points.map(({ a, b }) => ({ x: axes.x.offset + a, y: axes.y.offset + b })),
    losses,
    steepest,
    off: Math.max(...points.map(({ off }) => off)),
    stopped: stop !== null,
  };
}
