import { useState, type ReactNode } from 'react';
import { useText } from '../../app/context';
import { formatCount } from '../../charts/format';
import buttons from '../../theme/buttons.module.css';
import { QUIET_SECONDS, type Cost } from './cost';
import styles from './spectrum.module.css';

export interface Permission {
  readonly isGiven: boolean;
  readonly give: () => void;
}

/** What is cheap is allowed; anything else when somebody asks, and then for this size. */
export function usePermission({ seconds, size }: Cost): Permission {
  const [wanted, setWanted] = useState<string | null>(null);
  return {
    isGiven: seconds <= QUIET_SECONDS || wanted === size,
    give: () => setWanted(size),
  };
}

/** In place of an answer that takes long: how long, and a button. */
export function OnRequest(props: {
  readonly cost: Cost;
  readonly permission: Permission;
}): ReactNode {
  const text = useText();
  const seconds = formatCount(Number(props.cost.seconds.toPrecision(1)));
  return (
    <p className={styles.offer}>
      {text('spectrum.takes', { seconds })}{' '}
      <button type="button" className={buttons.small} onClick={props.permission.give}>
        {text('spectrum.compute')}
      </button>
    </p>
  );
}
