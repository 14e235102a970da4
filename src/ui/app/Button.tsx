import type { ComponentProps, ReactNode } from 'react';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  /** It can be found and says so, but does nothing. */
  readonly unavailable?: boolean;
}

/**
 * For a button that cannot always be pressed. A disabled one would lose the focus, and with it the
 * place on the page of whoever has just pressed it.
 */
export function Button({ unavailable = false, onClick, ...others }: ButtonProps): ReactNode {
  return (
    <button
      type="button"
      aria-disabled={unavailable || undefined}
      onClick={unavailable ? undefined : onClick}
      {...others}
    />
  );
}
