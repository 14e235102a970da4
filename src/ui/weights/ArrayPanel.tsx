import type { WeightKey } from '../../model/configuration';
import { useText } from '../app/context';
import { ArrayEditor } from './ArrayEditor';
import editorStyles from './MatrixEditor.module.css';
import { useWeightArray } from './weightArrays';
import styles from './WeightsSection.module.css';

export function ArrayPanel({ weight }: { readonly weight: WeightKey }) {
  const text = useText();
  const array = useWeightArray(weight);
  if (array === null) {
    return (
      <div className={styles.pair}>
        <div className={editorStyles.waiting} role="status">
          {text('weights.waiting')}
        </div>
      </div>
    );
  }
  return <ArrayEditor array={array} />;
}
