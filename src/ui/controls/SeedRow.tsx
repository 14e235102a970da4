import type { ReactNode } from 'react';
import { Button } from '../app/Button';
import { DiceIcon } from '../app/icons';
import buttons from '../theme/buttons.module.css';
import { NumberRow } from './NumberRow';
import { wholeScale } from './numberScale';

const SEEDS = wholeScale({ least: 0, most: 0xffffffff });

interface SeedRowProps {
  readonly name: string;
  readonly newSeed: string;
  /** What else a new seed does */
  readonly hint?: string;
  readonly seed: number;
  readonly onChange: (seed: number, gesture?: string) => void;
  readonly disabled?: boolean;
  readonly children?: ReactNode;
}

/** A seed to read, type and keep; the dice draws another. */
export function SeedRow(props: SeedRowProps) {
  const { name, newSeed, hint = newSeed, seed, onChange, disabled = false, children } = props;
  return (
    <NumberRow
      name={name}
      value={seed}
      scale={SEEDS}
      onChange={onChange}
      width={7}
      disabled={disabled}
    >
      {children}
      <Button
        className={buttons.small}
        unavailable={disabled}
        title={hint}
        aria-label={newSeed}
        onClick={() => onChange(crypto.getRandomValues(new Uint32Array(1))[0]! % 10_000)}
      >
        <DiceIcon />
      </Button>
    </NumberRow>
  );
}
