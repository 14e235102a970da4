import type { ReactNode } from 'react';

/**
 * A recharts chart as a picture only: its layers listen for focus, and some browsers therefore make
 * each one a nameless stop of the Tab key. Name, keys and table are those of what stands around it.
 */
export function Picture({ children }: { readonly children: ReactNode }): ReactNode {
  return <div inert>{children}</div>;
}
