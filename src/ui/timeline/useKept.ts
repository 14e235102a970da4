import { useState } from 'react';

/** `value`, or the last one that was not null. */
export function useKept<T extends object>(value: T | null): T | null {
  const [kept, setKept] = useState(value);
  if (value !== null && value !== kept) setKept(value);
  return value ?? kept;
}
