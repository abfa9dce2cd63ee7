import { type Framework, PAGES, SCRIPT_TAG, SLOW_MS } from '../framework.js';

const main = (start: string) => `import { Component } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter, RouterLink, RouterOutlet } from '@angular/router';
${start}
${PAGES.map((title) => `@Component({ template: '<h1>${title}</h1>' }) class ${title} {}`).join('\n')}
@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterOutlet],
  template: '<a id="two" routerLink="/two">2</a> <a id="three" routerLink="/three">3</a> <a id="old" routerLink="/old">old</a><router-outlet />',
})
class App {}
const slowly = () => new Promise((done) => setTimeout(done, ${SLOW_MS}, true));
void bootstrapApplication(App, {
  providers: [
    provideRouter([
      { path: 'one', component: One, title: 'One' },
      { path: 'two', component: Two, title: 'Two' },
      { path: 'three', component: Three, title: 'Three', resolve: { slowly } },
      { path: 'old', redirectTo: '/two' },
    ]),
  ],
});`;

/** Serves the files that were built, and the first page for every path that is none of them. */
const server = `import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
createServer(({ url }, response) => {
  const file = url.endsWith('.js') && existsSync('dist/browser' + url) ? url : '/index.html';
  response.setHeader('Content-Type', file.endsWith('.js') ? 'text/javascript' : 'text/html');
  response.end(readFileSync('dist/browser' + file));
}).listen(process.env.PORT, '127.0.0.1');`;

const build = {
  builder: '@angular/build:application',
  options: { outputPath: 'dist', browser: 'src/main.ts', index: 'src/index.html', tsConfig: 'tsconfig.json' },
};

const tsconfig = {
  compilerOptions: {
    target: 'ES2022',
    module: 'preserve',
    lib: ['ES2022', 'dom'],
    strict: true,
    skipLibCheck: true,
  },
  files: ['src/main.ts'],
};

export const angular: Framework = {
  name: 'Angular',
  package: '@angular/core',
  router: '`routerLink`, `redirectTo` of a route',
  dependencies: {
    '@angular/build': '22',
    '@angular/cli': '22',
    '@angular/common': '22',
    '@angular/compiler': '22',
    '@angular/compiler-cli': '22',
    '@angular/core': '22',
    '@angular/platform-browser': '22',
    '@angular/router': '22',
    rxjs: '7',
    tslib: '2',
    typescript: '~6.0.0',
  },
  entryPoint: '@liveinsight/tracker',
  files: (install) => ({
    'angular.json': JSON.stringify({
      version: 1,
      cli: { analytics: false },
      projects: { app: { projectType: 'application', root: '', sourceRoot: 'src', architect: { build } } },
    }),
    'tsconfig.json': JSON.stringify(tsconfig),
    'src/index.html': `<!doctype html><html><head><base href="/"><title>Loading</title>${install === 'npm' ? '' : SCRIPT_TAG}</head>
<body><app-root></app-root></body></html>`,
    'src/main.ts':
      install === 'npm'
        ? main(`import { createTracker } from '@liveinsight/tracker';\ncreateTracker({ site: 'shop' });`)
        : main(''),
    'server.js': server,
  }),
  build: ['ng', 'build'],
  start: () => ['node', 'server.js'],
};
