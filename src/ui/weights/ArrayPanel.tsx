import type { WeightKey } from '../../model/configuration';
import { useText } from '../app/context';
import { useKept } from '../timeline/useKept';
import { ArrayEditor } from './ArrayEditor';
import editorStyles from './MatrixEditor.module.css';
import { useWeightArray } from './weightArrays';
import styles from './WeightsSection.module.css';

export function ArrayPanel({ weight }: { readonly weight: WeightKey }) {
  const text = useText();
  const array = useWeightArray(weight);
  // Until an array of the new shape is there, the last one keeps the place; it cannot be edited.
  const shown = useKept(array);
  if (shown === null) {
    return (
      <div className={styles.pair}>
        <div className={editorStyles.waiting} role="status">
          {text('weights.waiting')}
        </div>
      </div>
    );
  }
  return (
    <div className={styles.kept} inert={array === null}>
      <ArrayEditor array={shown} />
    </div>
  );
}
