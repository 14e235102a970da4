import { createContext, useContext } from 'react';

/** The hovered step, outside React: a pointer move touches a few elements and renders nothing. */
export class HoverChannel {
  private readonly listeners = new Set<(step: number | null) => void>();
  private step: number | null = null;

  set(step: number | null): void {
    if (step === this.step) return;
    this.step = step;
    for (const listener of this.listeners) listener(step);
  }

  subscribe(listener: (step: number | null) => void): () => void {
    this.listeners.add(listener);
    listener(this.step);
    return () => this.listeners.delete(listener);
  }
}

export const HoverContext = createContext<HoverChannel>(new HoverChannel());

export function useHover(): HoverChannel {
  return useContext(HoverContext);
}
