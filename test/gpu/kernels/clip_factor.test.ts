import { it } from 'vitest';
import { shaderSources } from '../../../src/engine/gpu/shaderSources';
import { checkClipFactor } from './training';

it.each([1, 8, 64])('clip_factor, %i threads', (threads) =>
  checkClipFactor(shaderSources, threads),
);
