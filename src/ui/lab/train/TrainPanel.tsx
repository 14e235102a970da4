import type { ReactNode } from 'react';

export function TrainPanel(): ReactNode {
  return null;
}
