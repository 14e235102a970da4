import { it } from 'vitest';
import { checkGradientNorms } from './training';

it('gradient_norms', () => checkGradientNorms());
