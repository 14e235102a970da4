import { it } from 'vitest';
import { checkClipFactor } from './training';

it('clip_factor', () => checkClipFactor());
