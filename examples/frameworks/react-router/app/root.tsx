import { Links, Meta, Outlet, Scripts } from 'react-router';

export default function App() {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <Meta />
        <Links />
        <script async src="/analytics/liveinsight.js" data-site="shop" />
      </head>
      <body>
        <Outlet />
        <Scripts />
      </body>
    </html>
  );
}
