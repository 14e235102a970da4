import type { ReactNode } from 'react';

export function SurfacePanel(): ReactNode {
  return null;
}
