import { it } from 'vitest';
import { checkTrainingRecord } from './training';

it('training_record', () => checkTrainingRecord());
