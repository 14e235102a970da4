import * as v from 'valibot';
import { isPlainObject } from './describeValue';
import { OPTIMIZERS, type Optimizer } from './optimizer';
import { exactly, got, oneOf, realBetween, whole } from './schemaParts';
import { MOST_UPDATES, TRAINING_BOUNDS } from './trainingRequest';
import { TRAINING_DATA, type TrainingSettings } from './trainingSettings';

/** The rules of the console API's `train` for settings that are complete. */

const amount = realBetween(0, TRAINING_BOUNDS.hyperparameter);
/** A part that is kept: below 1. */
const share = v.pipe(
  realBetween(0, 1),
  v.check((x) => x < 1, 'must be below 1'),
);
const flag = v.custom<boolean>(
  (x) => typeof x === 'boolean',
  (i) => `must be true or false${got(i)}`,
);

const betas = v.pipe(
  v.custom<readonly unknown[]>(
    (x) => Array.isArray(x) && x.length === 2,
    (i) => `must be two numbers${got(i)}`,
  ),
  v.tuple([share, share]),
);

const optimizer = v.lazy((input): v.GenericSchema<unknown, Optimizer> => {
  const given: unknown = isPlainObject(input) ? input['kind'] : undefined;
  switch (OPTIMIZERS.find((known) => known === given)) {
    case 'sgd':
      return v.pipe(
        exactly({
          kind: v.literal('sgd'),
          lr: amount,
          momentum: amount,
          dampening: realBetween(0, 1),
          nesterov: flag,
          weightDecay: amount,
        }),
        v.check(
          ({ nesterov, momentum, dampening }) => !nesterov || (momentum > 0 && dampening === 0),
          'nesterov needs a momentum above 0 and no dampening',
        ),
      );
    case 'rmsprop':
      return exactly({
        kind: v.literal('rmsprop'),
        lr: amount,
        alpha: share,
        eps: amount,
        weightDecay: amount,
        momentum: amount,
        centered: flag,
      });
    case 'adam':
      return exactly({
        kind: v.literal('adam'),
        lr: amount,
        betas,
        eps: amount,
        weightDecay: amount,
        amsgrad: flag,
      });
    case undefined:
      return v.custom<Optimizer>(
        () => false,
        (i) => `must be an optimizer of kind ${OPTIMIZERS.join(', ')}${got(i)}`,
      );
  }
});

const orNone = <const S extends v.GenericSchema<unknown, number>>(schema: S) =>
  v.lazy((input) => (input === null ? v.null() : schema));
const { least, most } = TRAINING_BOUNDS.clip;

export const trainingSchema: v.GenericSchema<unknown, TrainingSettings> = exactly({
  optimizer,
  clipNorm: orNone(realBetween(least, most)),
  clipValue: orNone(realBetween(least, most)),
  targetLoss: orNone(realBetween(-most, most)),
  patience: orNone(whole(1, MOST_UPDATES)),
  steps: whole(1, MOST_UPDATES),
  data: oneOf(TRAINING_DATA),
});
