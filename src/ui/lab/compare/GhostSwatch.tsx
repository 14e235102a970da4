import type { ReactNode } from 'react';
import { GHOST_STYLES } from '../../charts/ghosts';
import styles from './compare.module.css';

/** A piece of a ghost's line. */
export function GhostSwatch({ slot }: { readonly slot: number }): ReactNode {
  const { colour, dash } = GHOST_STYLES[slot % GHOST_STYLES.length]!;
  return (
    <svg className={styles.swatch} width="24" height="8" aria-hidden="true">
      <path d="M0 4H24" stroke={colour} strokeWidth="2.25" strokeDasharray={dash} />
    </svg>
  );
}
