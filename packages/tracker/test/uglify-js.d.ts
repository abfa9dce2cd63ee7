declare module 'uglify-js' {
  export function minify(code: string, options: { compress: false; mangle: false }): { code?: string };
  export default { minify };
}
