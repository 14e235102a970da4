import { DEFAULT_CONFIGURATION } from '../../model/configuration';
import { useText } from '../app/context';
import { ResetIcon } from '../app/icons';
import buttons from '../theme/buttons.module.css';
import { WeightsSection } from '../weights/WeightsSection';
import { CellSection } from './CellSection';
import styles from './ControlsPanel.module.css';
import { useChange } from './gesture';
import { SequenceSection } from './SequenceSection';
import { TruncationSection } from './TruncationSection';

/** Everything a configuration holds except the view. */
export function ControlsPanel() {
  const text = useText();
  const change = useChange();
  return (
    <div className={styles.panel}>
      <SequenceSection />
      <CellSection />
      <WeightsSection />
      <TruncationSection />
      <button
        type="button"
        className={`${buttons.button} ${styles.reset}`}
        title={text('app.resetAllHint')}
        onClick={() => change(DEFAULT_CONFIGURATION)}
      >
        <ResetIcon />
        {text('app.resetAll')}
      </button>
    </div>
  );
}
