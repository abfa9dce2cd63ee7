import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'Shop' };

export default function RootLayout({ children }: Readonly<{ children: React.ReactNode }>) {
  return (
    <html lang="en">
      <body>
        <script async src="/analytics/liveinsight.js" data-site="shop" />
        {children}
      </body>
    </html>
  );
}
