import type { PageGroupInput } from '@liveinsight/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPageGroups } from '../../src/events/page-groups.js';

const group = (page: string, ...rules: (PageGroupInput | string)[]): string =>
  createPageGroups(rules.map((rule) => (typeof rule === 'string' ? { pattern: rule } : rule)))(page);

describe('page groups', () => {
  it.each<[string, string, string[]]>([
    ['/products/7', '/products/:id', ['/products/:id']],
    ['/products/7/', '/products/:id', ['/products/:id']],
    ['/products/7/reviews', '/products/7/reviews', ['/products/:id']],
    ['/products', '/products', ['/products/:id', '/products/*']],
    ['/products/', '/products', ['/products/:id', '/products/*']],
    ['/blog/2026/a', '/blog/*', ['/blog/*']],
    ['/users/7/orders/9', '/users/:id/orders/:order', ['/users/:id/orders/:order']],
    ['/users/7/orders', '/users/*', ['/users/:id', '/users/*']],
    ['/app#/users/7', '/app#/users/:id', ['/app#/users/:id']],
    ['/caf%C3%A9/1', '/caf%C3%A9/:id', ['/café/:id']],
    ['/', '/', ['/:page']],
    ['/about/', '/about', []],
    ['(other)', '(other)', ['/*']],
    ['/a//b', '/a//b', ['/a/:x/b']],
  ])('%s is in %s', (page, expected, rules) => {
    expect(group(page, ...rules)).toBe(expected);
  });

  it('have the name of their rule, which can be a page that others count with', () => {
    const rules = [
      { pattern: '/products/:id', name: 'Products' },
      { pattern: '/:language/docs', name: '/docs/' },
    ];
    expect(group('/products/7', ...rules)).toBe('Products');
    expect(group('/ko/docs', ...rules)).toBe(group('/docs', ...rules));
  });

  it('are by the rule with the lowest position, then by the more specific one, in any order of rules', () => {
    const rules: PageGroupInput[] = [
      { pattern: '/*' },
      { pattern: '/:a/new' },
      { pattern: '/products/:id' },
      { pattern: '/products/*' },
      { pattern: '/products/new' },
    ];
    for (const some of [rules, [...rules].reverse()]) {
      expect(group('/products/new', ...some)).toBe('/products/new');
      expect(group('/products/7', ...some)).toBe('/products/:id');
      expect(group('/products/7/a', ...some)).toBe('/products/*');
      expect(group('/blog/new', ...some)).toBe('/:a/new');
      const later = some.map((rule) => ({ ...rule, position: rule.pattern === '/*' ? 0 : 1 }));
      expect(group('/products/new', ...later)).toBe('/*');
    }
  });

  it('mean what a regular expression would', () => {
    const segment = fc.constantFrom('a', 'b', 'c');
    const pattern = fc
      .tuple(fc.array(fc.constantFrom('a', 'b', ':x'), { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([segments, hasRest]) => `/${[...segments, ...(hasRest ? ['*'] : [])].join('/')}`);
    const page = fc
      .array(segment, { minLength: 1, maxLength: 6 })
      .map((segments) => `/${segments.join('/')}`);
    fc.assert(
      fc.property(pattern, page, (rule, path) => {
        const expected = new RegExp(`^${rule.replace(/:x/g, '[^/]+').replace(/\*$/, '.+')}$`).test(path);
        expect(group(path, { pattern: rule, name: 'in' })).toBe(expected ? 'in' : path);
      }),
    );
  });
});
