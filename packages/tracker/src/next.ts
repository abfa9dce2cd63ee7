/** Next.js: React's provider and hook as client components, for both routers. Each changes the URL by history, which is seen. */
export { TrackerProvider, type TrackerProviderProps, useTracker } from './react.js';
