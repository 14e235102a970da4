export const WEBGPU_BROWSER_ARGUMENTS: string[];
export const PLAIN_BROWSER_ARGUMENTS: string[];
export function findBrowser(): Promise<{ executable: string; origin: string }>;
