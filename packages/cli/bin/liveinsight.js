#!/usr/bin/env node
// In syntax and modules that an older Node knows too: it would fail at the program's imports, without saying why.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 20 || (major === 20 && minor >= 19)) {
  await import('../dist/main.js');
} else {
  console.error(`liveinsight needs Node 20.19 or later; this is Node ${process.versions.node}`);
  process.exitCode = 1;
}
