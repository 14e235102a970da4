import { LIMITS } from '../../model/configuration';
import { ACTIVATIONS, LOSSES, OUTPUT_ACTIVATIONS } from '../../model/kinds';
import { useAppState, useText } from '../app/context';
import { MathText, plainMath } from '../charts/MathText';
import { Chips } from './Chips';
import { lossRefusal, outputRefusal, withLoss } from './compatibility';
import styles from './Field.module.css';
import { useChange } from './gesture';
import { NumberRow } from './NumberRow';
import { wholeScale } from './numberScale';
import { Section } from './Section';
import { Sparkline } from './Sparkline';

const WIDTHS = { ...wholeScale(LIMITS.H), logarithmic: true };

export function CellSection() {
  const text = useText();
  const change = useChange();
  const H = useAppState((state) => state.configuration.H);
  return (
    <Section title={text('cell.title')} aside={<MathText text={text('cell.formula')} />}>
      <NumberRow
        name={plainMath(text('cell.hidden'))}
        label={<MathText text={text('cell.hidden')} />}
        value={H}
        scale={WIDTHS}
        onChange={(value, gesture) => change({ H: value }, gesture)}
        slider
      />
      <ActivationChips />
      <OutputChips />
      <LossChips />
    </Section>
  );
}

function ActivationChips() {
  const text = useText();
  const change = useChange();
  const activation = useAppState((state) => state.configuration.activation);
  return (
    <div className={styles.stack}>
      <span className={styles.between}>
        <span className={styles.name}>
          <MathText text={text('cell.activation')} />
        </span>
        <span className={styles.hint}>{text('cell.legend')}</span>
      </span>
      <Chips
        label={plainMath(text('cell.activation'))}
        columns={5}
        value={activation}
        onChoose={(value) => {
          if (value !== activation) change({ activation: value });
        }}
        chips={ACTIVATIONS.map((value) => ({
          value,
          name: text(`activation.${value}`),
          label: (
            <>
              <Sparkline activation={value} />
              <span className={styles.caption}>{text(`activation.${value}`)}</span>
            </>
          ),
        }))}
      />
    </div>
  );
}

function OutputChips() {
  const text = useText();
  const change = useChange();
  const value = useAppState((state) => state.configuration.outputActivation);
  const loss = useAppState((state) => state.configuration.loss);
  return (
    <div className={styles.row}>
      <span className={`${styles.label} ${styles.short}`}>
        <MathText text={text('cell.output')} />
      </span>
      <Chips
        label={plainMath(text('cell.output'))}
        value={value}
        onChoose={(outputActivation) => {
          if (outputActivation !== value) change({ outputActivation });
        }}
        chips={OUTPUT_ACTIVATIONS.map((kind) => {
          const refusal = outputRefusal(loss, kind);
          return {
            value: kind,
            label: text(`activation.${kind}`),
            refusal: refusal === null ? null : text(refusal),
          };
        })}
      />
    </div>
  );
}

function LossChips() {
  const text = useText();
  const change = useChange();
  const loss = useAppState((state) => state.configuration.loss);
  const output = useAppState((state) => state.configuration.outputActivation);
  const task = useAppState((state) => state.configuration.task);
  return (
    <div className={styles.row}>
      <span className={`${styles.label} ${styles.short}`}>{text('cell.loss')}</span>
      <Chips
        label={text('cell.loss')}
        value={loss}
        onChoose={(value) => {
          if (value !== loss) change(withLoss(value, output));
        }}
        chips={LOSSES.map((value) => {
          const refusal = lossRefusal(task, value);
          return {
            value,
            label: text(`cell.loss.${value}`),
            hint: text(`cell.loss.${value}.name`),
            refusal: refusal === null ? null : text(refusal),
          };
        })}
      />
    </div>
  );
}
