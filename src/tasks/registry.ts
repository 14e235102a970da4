import type { SyntheticTask, TaskConfiguration } from '../model/configuration';
import { rememberLast } from '../model/memo';
import { adding } from './adding';
import { copy } from './copy';
import { latch } from './latch';
import { carroll } from './samples/carroll';
import { liBai } from './samples/liBai';
import { seattleTemperature } from './samples/seattleTemperature';
import { seriesTask } from './series';
import { sine } from './sine';
import type { Task } from './task';
import { temporalOrder } from './temporalOrder';
import { textTask } from './text';

const SYNTHETIC: Record<SyntheticTask, Task> = { adding, copy, temporalOrder, latch, sine };

type TextSource = Extract<TaskConfiguration, { kind: 'text' }>['source'];
type SeriesSource = Extract<TaskConfiguration, { kind: 'series' }>['source'];

const TEXTS = { carroll, liBai } satisfies Record<
  Extract<TextSource, { sample: unknown }>['sample'],
  string
>;
const SERIES = { seattleTemperature } satisfies Record<
  Extract<SeriesSource, { sample: unknown }>['sample'],
  { readonly name: string; readonly values: readonly number[] }
>;

/** The text a configuration means, as given. */
export function textOf(source: TextSource): string {
  return 'sample' in source ? TEXTS[source.sample] : source.text;
}

/** The series a configuration means: its name and raw values. */
export function seriesOf(source: SeriesSource): {
  readonly name: string;
  readonly values: readonly number[];
} {
  return 'sample' in source ? SERIES[source.sample] : source;
}

const rememberedText = rememberLast(4, textTask);
const rememberedSeries = rememberLast(4, seriesTask);

/**
 * The task a configuration names. The same configuration gives the same object while it is among
 * the last few, so the object serves as the key of generated data.
 * @throws BpttError 'invalid-configuration' for a text or series that is too short
 */
export function taskOf(configuration: TaskConfiguration): Task {
  switch (configuration.kind) {
    case 'text':
      return rememberedText(textOf(configuration.source), configuration.vocabulary);
    case 'series':
      return rememberedSeries(seriesOf(configuration.source).values);
    case 'adding':
    case 'copy':
    case 'temporalOrder':
    case 'latch':
    case 'sine':
      return SYNTHETIC[configuration.kind];
  }
}
