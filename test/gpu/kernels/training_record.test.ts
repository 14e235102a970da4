import { it } from 'vitest';
import { shaderSources } from '../../../src/engine/gpu/shaderSources';
import { checkTrainingRecord } from './training';

it.each([1, 8, 64])('training_record, %i threads', (threads) =>
  checkTrainingRecord(shaderSources, threads),
);
