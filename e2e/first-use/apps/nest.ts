import type { App } from '../app.js';

/** As `nest new` makes it, without what tests and formats it. */
export const nest: App = {
  name: 'Nest 12',
  page: 'nest',
  dependencies: {
    '@nestjs/cli': '12',
    '@nestjs/common': '12',
    '@nestjs/core': '12',
    '@nestjs/platform-express': '12',
    '@nestjs/schematics': '12',
    '@types/express': '5',
    '@types/node': '24',
    'reflect-metadata': '0.2',
    rxjs: '7',
    typescript: '6',
  },
  files: (tag) => ({
    'nest-cli.json': '{ "collection": "@nestjs/schematics", "sourceRoot": "src" }',
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        moduleResolution: 'nodenext',
        esModuleInterop: true,
        isolatedModules: true,
        declaration: true,
        emitDecoratorMetadata: true,
        experimentalDecorators: true,
        target: 'ES2023',
        types: ['node'],
        outDir: './dist',
        rootDir: './src',
        skipLibCheck: true,
        strict: true,
        strictPropertyInitialization: false,
      },
      include: ['src'],
    }),
    'src/app.module.ts': `import { Controller, Get, Module } from '@nestjs/common';

@Controller()
class ShopController {
  @Get() show() { return '<!doctype html><h1>Shop</h1>${tag}'; }
}

@Module({ controllers: [ShopController] })
export class AppModule {}`,
  }),
};
