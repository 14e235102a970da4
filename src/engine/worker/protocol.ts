import type { EngineChoice, EngineReady, Picture, StepRequest } from '../client';
import type { ErrorRecord } from '../../model/errors';
import type { Evaluation, EngineKind } from '../../model/evaluation';
import type { Problem } from '../../model/problem';
import type { TimeWindow } from '../interface';

/** What each call takes and gives; all of it survives structured cloning. */
export interface WorkerCalls {
  run: {
    args: { readonly problem: Problem; readonly window: TimeWindow; readonly step: StepRequest };
    value: Picture;
  };
  look: {
    args: { readonly window: TimeWindow; readonly step: StepRequest };
    value: Pick<Picture, 'view' | 'step'>;
  };
  evaluate: {
    args: { readonly problem: Problem; readonly engine: EngineKind };
    value: Evaluation;
  };
}
export type WorkerCall = keyof WorkerCalls;

type CallRequest = {
  [C in WorkerCall]: {
    readonly type: 'call';
    readonly id: number;
    readonly call: C;
    readonly args: WorkerCalls[C]['args'];
  };
}[WorkerCall];

/** Page → worker */
export type WorkerRequest =
  | { readonly type: 'start'; readonly choice: EngineChoice }
  | CallRequest
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'retryGpu' };

/** Worker → page */
export type WorkerMessage =
  | { readonly type: 'value'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorRecord }
  | { readonly type: 'engine'; readonly engine: EngineReady; readonly settled: boolean };
