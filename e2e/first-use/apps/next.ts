import type { App } from '../app.js';

export const next: App = {
  name: 'Next.js 16',
  page: 'next',
  dependencies: {
    next: '16',
    react: '19',
    'react-dom': '19',
    typescript: '6',
    '@types/node': '24',
    '@types/react': '19',
    '@types/react-dom': '19',
  },
  files: (tag) => ({
    'app/layout.tsx': `import type { ReactNode } from 'react';
export default function Layout({ children }: { children: ReactNode }) {
  return <html lang="en"><body>${tag}{children}</body></html>;
}`,
    'app/page.tsx': 'export default function Page() { return <h1>Shop</h1>; }',
  }),
};
