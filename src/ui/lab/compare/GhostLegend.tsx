import type { ReactNode } from 'react';
import { useText } from '../../app/context';
import { formatCount } from '../../charts/format';
import { GhostSwatch } from './GhostSwatch';
import type { Ghost } from './ghosts';
import styles from './compare.module.css';

/** Which ghost is which. */
export function GhostLegend(props: {
  readonly ghosts: readonly Ghost[];
  /** Length of the present axis */
  readonly T: number;
  /** In two rows instead of one */
  readonly isNarrow: boolean;
}): ReactNode {
  const text = useText();
  if (props.ghosts.length === 0) return null;
  return (
    <ul className={styles.legend} data-narrow={props.isNarrow} aria-label={text('compare.legend')}>
      {props.ghosts.map(({ slot, name, T }) => {
        const isLonger = T > props.T;
        const full = isLonger ? text('compare.longerName', { name, T: formatCount(T) }) : name;
        return (
          <li key={slot} title={full}>
            <GhostSwatch slot={slot} />
            <span className={styles.legendName}>{name}</span>
            {isLonger && <span aria-hidden="true">→</span>}
          </li>
        );
      })}
    </ul>
  );
}
