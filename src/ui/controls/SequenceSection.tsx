import { LIMITS, SYNTHETIC_TASKS, type TaskKind } from '../../model/configuration';
import { taskOf } from '../../tasks/registry';
import { useAppState, useAppStore, useText } from '../app/context';
import { useOpenDialog } from '../app/dialogs';
import { MathText, plainMath } from '../charts/MathText';
import { Chips } from './Chips';
import { withTask } from './compatibility';
import styles from './Field.module.css';
import { useChange } from './gesture';
import { LossPlacement } from './LossPlacement';
import { NumberRow } from './NumberRow';
import { wholeScale } from './numberScale';
import { Section } from './Section';
import { SeedRow } from './SeedRow';

const BATCHES = { ...wholeScale(LIMITS.B), logarithmic: true };

export function SequenceSection() {
  const text = useText();
  const change = useChange();
  const T = useAppState((state) => state.configuration.T);
  const B = useAppState((state) => state.configuration.B);
  const dataSeed = useAppState((state) => state.configuration.dataSeed);
  const { longestT, seeded } = taskOf(useAppState((state) => state.configuration.task));
  const lengths = { ...wholeScale({ least: LIMITS.T.least, most: longestT }), logarithmic: true };
  return (
    <Section title={text('sequence.title')}>
      <NumberRow
        name={plainMath(text('sequence.length'))}
        label={<MathText text={text('sequence.length')} />}
        value={T}
        scale={lengths}
        onChange={(value, gesture) => change({ T: value }, gesture)}
        slider
      />
      <NumberRow
        name={plainMath(text('sequence.batch'))}
        label={<MathText text={text('sequence.batch')} />}
        value={B}
        scale={BATCHES}
        onChange={(value, gesture) => change({ B: value }, gesture)}
        slider
      />
      <TaskChooser />
      <SeedRow
        name={text('sequence.dataSeed')}
        newSeed={text('sequence.newDataSeed')}
        seed={dataSeed}
        disabled={!seeded}
        onChange={(value, gesture) => change({ dataSeed: value }, gesture)}
      />
      <LossPlacement />
    </Section>
  );
}

/** In the order the chips have. */
const INPUTS: readonly TaskKind[] = [...SYNTHETIC_TASKS, 'text', 'series'];

function TaskChooser() {
  const text = useText();
  const change = useChange();
  const store = useAppStore();
  const openDialog = useOpenDialog();
  const kind = useAppState((state) => state.configuration.task.kind);
  const choose = (next: TaskKind) => {
    if (next === 'text' || next === 'series') openDialog({ kind: next });
    else if (next !== kind) change(withTask({ kind: next }, store.getState().configuration.T));
  };
  return (
    <div className={styles.stack}>
      <Chips
        label={text('sequence.input')}
        columns={4}
        value={kind}
        onChoose={choose}
        chips={INPUTS.map((value) => ({
          value,
          label:
            value === 'text' || value === 'series'
              ? text(`sequence.${value}`)
              : text(`task.${value}`),
          hint: text(`task.${value}.hint`),
        }))}
      />
      <p className={styles.hint}>{text(`task.${kind}.hint`)}</p>
    </div>
  );
}
