import type { ReactNode } from 'react';
import { OPTIMIZERS, type Optimizer } from '../../../model/optimizer';
import { TRAINING_BOUNDS, MOST_UPDATES } from '../../../model/trainingRequest';
import {
  dataSeedOf,
  startingOptimizer,
  TRAINING_DATA,
  type TrainingSettings as Settings,
} from '../../../model/trainingSettings';
import { taskOf } from '../../../tasks/registry';
import { useAppState, useText } from '../../app/context';
import { MathText, plainMath } from '../../charts/MathText';
import { Chips } from '../../controls/Chips';
import fields from '../../controls/Field.module.css';
import { useChange } from '../../controls/gesture';
import { NumberRow } from '../../controls/NumberRow';
import type { NumberScale } from '../../controls/numberScale';
import { truncationWords } from '../compare/settings';
import { Flag, OptionalRow } from './OptionalRow';
import styles from './train.module.css';
import { useTraining } from './useTraining';

const RATE: NumberScale = {
  ...{ least: 0, most: TRAINING_BOUNDS.hyperparameter },
  ...{ step: 0.001, whole: false, logarithmic: true },
};
const RATE_SLIDER: NumberScale = { ...RATE, least: 1e-5, most: 10, step: 1e-6 };
const BELOW_ONE: NumberScale = {
  ...{ least: 0, most: 0.999999, step: 0.01, whole: false, logarithmic: false },
};
const AMOUNT: NumberScale = { ...RATE, logarithmic: false, step: 0.001 };
const BOUND: NumberScale = {
  ...{ least: TRAINING_BOUNDS.clip.least, most: TRAINING_BOUNDS.clip.most },
  ...{ step: 0.1, whole: false, logarithmic: true },
};
const BOUND_SLIDER: NumberScale = { ...BOUND, least: 0.001, most: 1000, step: 0.001 };
const STEPS: NumberScale = {
  ...{ least: 1, most: MOST_UPDATES, step: 100, whole: true, logarithmic: true },
};
const STEPS_SLIDER: NumberScale = { ...STEPS, least: 10, most: 20_000 };
const LOSS: NumberScale = { ...AMOUNT, step: 0.01 };
const PATIENCE: NumberScale = { ...STEPS, step: 10 };

export function TrainSettings(): ReactNode {
  const text = useText();
  const change = useChange();
  const training = useAppState((state) => state.configuration.training);
  const set = (part: Partial<Settings>, gesture?: string) =>
    change({ training: { ...training, ...part } }, gesture);
  return (
    <div className={styles.settings}>
      <OptimizerRows training={training} set={set} />
      <OptionalRow
        name={text('train.clipNorm')}
        hint={text('train.clipNormAbout')}
        value={training.clipNorm}
        start={1}
        scale={BOUND}
        sliderScale={BOUND_SLIDER}
        onChange={(clipNorm, gesture) => set({ clipNorm }, gesture)}
      />
      <DataRow training={training} set={set} />
      <NumberRow
        name={text('train.steps')}
        value={training.steps}
        scale={STEPS}
        sliderScale={STEPS_SLIDER}
        onChange={(steps, gesture) => set({ steps }, gesture)}
        slider
      />
      <Truncated />
      <details className={styles.more}>
        <summary>{text('train.more')}</summary>
        <MoreOfOptimizer training={training} set={set} />
        <OptionalRow
          name={text('train.clipValue')}
          hint={text('train.clipValueAbout')}
          value={training.clipValue}
          start={1}
          scale={BOUND}
          sliderScale={BOUND_SLIDER}
          onChange={(clipValue, gesture) => set({ clipValue }, gesture)}
        />
        <h3>{text('train.stops')}</h3>
        <OptionalRow
          name={text('train.targetLoss')}
          value={training.targetLoss}
          start={0.01}
          scale={LOSS}
          onChange={(targetLoss, gesture) => set({ targetLoss }, gesture)}
        />
        <OptionalRow
          name={text('train.patience')}
          unit={text('train.patienceUnit')}
          value={training.patience}
          start={200}
          scale={PATIENCE}
          onChange={(patience, gesture) => set({ patience }, gesture)}
        />
        <GoesOnHidden />
      </details>
    </div>
  );
}

interface RowsProps {
  readonly training: Settings;
  readonly set: (part: Partial<Settings>, gesture?: string) => void;
}

function OptimizerRows({ training, set }: RowsProps): ReactNode {
  const text = useText();
  const { optimizer } = training;
  return (
    <>
      <Chips
        label={text('train.optimizer')}
        value={optimizer.kind}
        onChoose={(kind) => {
          if (kind !== optimizer.kind) set({ optimizer: startingOptimizer(kind) });
        }}
        chips={OPTIMIZERS.map((value) => ({
          value,
          label: text(`train.${value}`),
          hint: plainMath(text(`train.${value}About`)),
        }))}
      />
      <NumberRow
        name={text('train.lrName')}
        label={<MathText text={text('train.lr')} />}
        value={optimizer.lr}
        scale={RATE}
        sliderScale={RATE_SLIDER}
        onChange={(lr, gesture) => set({ optimizer: { ...optimizer, lr } }, gesture)}
        slider
      />
      {optimizer.kind === 'sgd' && (
        <NumberRow
          name={text('train.momentum')}
          value={optimizer.momentum}
          scale={BELOW_ONE}
          onChange={(momentum, gesture) =>
            set(
              {
                optimizer: {
                  ...optimizer,
                  momentum,
                  // Nesterov's step is one with momentum.
                  nesterov: optimizer.nesterov && momentum > 0,
                },
              },
              gesture,
            )
          }
          slider
        />
      )}
    </>
  );
}

/** A number of the optimizer that has none of its own rules. */
type PlainKey = 'weightDecay' | 'eps' | 'alpha' | 'dampening' | 'momentum';

function MoreOfOptimizer({ training, set }: RowsProps): ReactNode {
  const text = useText();
  const { optimizer } = training;
  const put = (part: Partial<Optimizer>, gesture?: string) =>
    set({ optimizer: { ...optimizer, ...part } as Optimizer }, gesture);
  const row = (key: PlainKey, value: number, scale: NumberScale) => (
    <NumberRow
      key={key}
      name={text(`train.${key}`)}
      value={value}
      scale={scale}
      onChange={(next, gesture) => put({ [key]: next }, gesture)}
    />
  );
  const decay = row('weightDecay', optimizer.weightDecay, AMOUNT);
  switch (optimizer.kind) {
    case 'sgd':
      return (
        <>
          {decay}
          <Flag
            label={text('train.nesterov')}
            checked={optimizer.nesterov}
            disabled={optimizer.momentum === 0}
            onChange={(nesterov) => put({ nesterov, ...(nesterov && { dampening: 0 }) })}
          />
          {!optimizer.nesterov && row('dampening', optimizer.dampening, BELOW_ONE)}
        </>
      );
    case 'rmsprop':
      return (
        <>
          {row('alpha', optimizer.alpha, BELOW_ONE)}
          {row('momentum', optimizer.momentum, BELOW_ONE)}
          {row('eps', optimizer.eps, { ...AMOUNT, step: 1e-8 })}
          {decay}
          <Flag
            label={text('train.centered')}
            checked={optimizer.centered}
            onChange={(centered) => put({ centered })}
          />
        </>
      );
    case 'adam': {
      const [beta1, beta2] = optimizer.betas;
      return (
        <>
          {([0, 1] as const).map((i) => (
            <NumberRow
              key={i}
              name={plainMath(text(`train.beta${i === 0 ? 1 : 2}`))}
              label={<MathText text={text(`train.beta${i === 0 ? 1 : 2}`)} />}
              value={optimizer.betas[i]}
              scale={BELOW_ONE}
              onChange={(beta, gesture) =>
                put({ betas: i === 0 ? [beta, beta2] : [beta1, beta] }, gesture)
              }
            />
          ))}
          {row('eps', optimizer.eps, { ...AMOUNT, step: 1e-8 })}
          {decay}
          <Flag
            label={text('train.amsgrad')}
            checked={optimizer.amsgrad}
            onChange={(amsgrad) => put({ amsgrad })}
          />
        </>
      );
    }
  }
}

function DataRow({ training, set }: RowsProps): ReactNode {
  const text = useText();
  const seed = useAppState((state) => state.configuration.dataSeed);
  const { sequence } = taskOf(useAppState((state) => state.configuration.task));
  const isDrawn = training.data === 'fresh' && sequence !== undefined;
  return (
    <>
      <div className={fields.row}>
        <span className={`${fields.label} ${fields.short}`}>{text('train.data')}</span>
        <Chips
          label={text('train.data')}
          value={training.data}
          onChoose={(data) => set({ data })}
          chips={TRAINING_DATA.map((value) => ({ value, label: text(`train.${value}`) }))}
        />
      </div>
      <p className={styles.note}>
        {isDrawn
          ? text('train.freshWindows')
          : text(`train.${training.data}About`, { seed, next: dataSeedOf(seed, 1) })}
      </p>
    </>
  );
}

function GoesOnHidden(): ReactNode {
  const text = useText();
  const training = useTraining();
  return (
    <Flag
      label={text('train.hidden')}
      checked={training.goesOnHidden}
      onChange={(goesOn) => training.setGoesOnHidden(goesOn)}
    />
  );
}

/** The scheme is set with the other controls; here it is only recalled. */
function Truncated(): ReactNode {
  const text = useText();
  const truncation = useAppState((state) => state.configuration.truncation);
  if (truncation.kind === 'none') return null;
  return (
    <p className={styles.note}>
      {text('train.truncation', { scheme: truncationWords(truncation, text) })}
    </p>
  );
}
