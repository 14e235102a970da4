import { it } from 'vitest';
import { shaderSources } from '../../../src/engine/gpu/shaderSources';
import { checkGradientNorms, LARGE_SHAPE, SOME_SHAPE } from './training';

it.each([SOME_SHAPE, LARGE_SHAPE])('gradient_norms, H = $H', (shape) =>
  checkGradientNorms(shaderSources, shape),
);
