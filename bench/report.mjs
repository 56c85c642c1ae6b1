export const RESULTS = new URL('results/', import.meta.url);
export function writeReport() {}
