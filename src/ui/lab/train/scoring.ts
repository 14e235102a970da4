import type { RunConfiguration } from '../../../model/configuration';
import { STREAMS, uniform } from '../../../model/random';
import type { TrainingSettings } from '../../../model/trainingSettings';
import { forecast, sampleClasses } from '../../../reference/closedLoop';
import { predictions, type Network } from '../../../reference/walk';
import { classesOfText, textOfClasses } from '../../../tasks/characters';
import { heldOut } from '../../../tasks/heldOut';
import { seriesOf, taskOf } from '../../../tasks/registry';
import { scoreOf, type Score } from '../../../tasks/score';
import { standardise, unstandardise } from '../../../tasks/series';

/** Everything the worker of the score needs; survives postMessage. */
export interface ScoreRequest {
  readonly network: Network;
  readonly configuration: Pick<
    RunConfiguration,
    'task' | 'T' | 'B' | 'dataSeed' | 'loss' | 'outputActivation'
  >;
  /** Whether it is trained on the same data or on fresh ones */
  readonly trainedOn: TrainingSettings['data'];
  readonly sample: SampleSettings;
  /** How many values to go on beyond a series */
  readonly horizon: number;
}

export interface SampleSettings {
  readonly prime: string;
  /** 0 takes the likeliest character */
  readonly temperature: number;
  readonly seed: number;
}

export interface ScoreAnswer {
  /** Null where the network overflows, or there is nothing to score */
  readonly score: Score | null;
  /** The same on the data the page shows, as many of its sequences as are quickly read */
  readonly own: Score | null;
  /** True where the network overflows on what it is scored on */
  readonly hasOverflowed: boolean;
  readonly isHeldOut: boolean;
  /** Sequences or windows */
  readonly sequences: number;
  /** Steps of each */
  readonly steps: number;
  /** Of a text */
  readonly sample: Sample | null;
  /** Of a series */
  readonly forecast: SeriesForecast | null;
}

export interface Sample {
  /** The prime as the network reads it */
  readonly prime: string;
  readonly drawn: string;
}

/** In the data's own unit. */
export interface SeriesForecast {
  /** Which value of the series `data[0]` is, from 1 */
  readonly first: number;
  /** The last values of the series */
  readonly data: readonly number[];
  /** What was predicted for each of them; null for the first that the network reads */
  readonly predicted: readonly (number | null)[];
  /** The network's own continuation */
  readonly beyond: readonly number[];
}

/** Multiplications that a score may cost: about a fifth of a second. */
const BUDGET = 2e8;
/** And beyond which there is none, even of a single sequence. */
const MOST = 4e9;
const MOST_SEQUENCES = 256;
/** Numbers of inputs or outputs */
const MOST_NUMBERS = 2 ** 23;
const SAMPLE_LENGTH = 240;
const LONGEST_PRIME = 200;
/** Values of a series that are drawn */
const SHOWN = 96;

const costOfStep = ({ I, H, O }: Network) => H * (H + I + O);

/** Whether a single sequence would take many seconds. */
export function isTooLarge(network: Network, T: number): boolean {
  return T * costOfStep(network) > MOST;
}

/** How many sequences of T steps are scored: as many as are quickly read. */
export function sequencesFor(network: Network, T: number): number {
  const affordable = BUDGET / (T * costOfStep(network));
  const holding = MOST_NUMBERS / (T * Math.max(network.I, network.O));
  return Math.max(1, Math.min(MOST_SEQUENCES, Math.floor(Math.min(affordable, holding))));
}

/**
 * The score of a network on data it is not trained on, and what it says on its own: a sample of text
 * or a series' continuation.
 */
export function scoreNetwork(request: ScoreRequest): ScoreAnswer {
  const { network, configuration } = request;
  const most = sequencesFor(network, configuration.T);
  const data = heldOut(configuration, most, request.trainedOn);
  const outputs = predictions(network, data.inputs, data.T, data.B);
  return {
    score: outputs && scoreOf(configuration, data, outputs),
    own: ownScore(request, most),
    hasOverflowed: outputs === null,
    isHeldOut: data.isHeldOut,
    sequences: data.B,
    steps: data.T,
    sample: sampleOf(request),
    forecast: forecastOf(request),
  };
}

function ownScore({ network, configuration }: ScoreRequest, most: number): Score | null {
  const { task, T, dataSeed } = configuration;
  const B = Math.min(configuration.B, most);
  // Entry n does not depend on B.
  const { inputs, targets } = taskOf(task).generate(T, B, dataSeed);
  const outputs = predictions(network, inputs, T, B);
  return outputs && scoreOf(configuration, { T, B, inputs, targets }, outputs);
}

function sampleOf({ network, configuration, sample }: ScoreRequest): Sample | null {
  const { vocabulary } = taskOf(configuration.task);
  if (vocabulary === undefined) return null;
  const length = Math.min(SAMPLE_LENGTH, Math.ceil(BUDGET / costOfStep(network)));
  const prime = classesOfText(vocabulary, sample.prime).slice(0, LONGEST_PRIME);
  const drawn = sampleClasses(network, {
    ...{ prime, length, temperature: sample.temperature },
    uniform: (i) => uniform(sample.seed, STREAMS.textSample, i),
  });
  return { prime: textOfClasses(vocabulary, prime), drawn: textOfClasses(vocabulary, drawn) };
}

function forecastOf({ network, configuration, horizon }: ScoreRequest): SeriesForecast | null {
  const { task, T } = configuration;
  if (task.kind !== 'series') return null;
  const standardisation = taskOf(task).standardisation!;
  const { values } = seriesOf(task.source);
  // As much as in training, and at least what is drawn.
  const affordable = Math.ceil(BUDGET / costOfStep(network));
  const read = values.slice(-Math.min(affordable, Math.max(T, SHOWN)));
  const { fitted, beyond } = forecast(
    network,
    read.map((value) => standardise(value, standardisation)),
    horizon,
  );
  const own = (x: number) => unstandardise(x, standardisation);
  const data = read.slice(-SHOWN);
  const skipped = read.length - data.length;
  return {
    first: values.length - data.length + 1,
    data,
    predicted: data.map((_, i) => {
      const before = fitted[skipped + i - 1];
      return before === undefined ? null : own(before);
    }),
    beyond: beyond.map(own),
  };
}
