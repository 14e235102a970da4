import { useCallback, useEffect, useState } from 'react';

/** True for some milliseconds from the last `begin` on. */
export function useMoment(milliseconds: number): {
  readonly isOn: boolean;
  readonly begin: () => void;
} {
  const [begun, setBegun] = useState(0);
  const begin = useCallback(() => setBegun((count) => count + 1), []);
  useEffect(() => {
    if (begun === 0) return undefined;
    const timer = setTimeout(() => setBegun(0), milliseconds);
    return () => clearTimeout(timer);
  }, [begun, milliseconds]);
  return { isOn: begun > 0, begin };
}
