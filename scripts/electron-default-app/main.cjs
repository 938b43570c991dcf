// What an Electron runtime without an app of its own runs: `electron [options] <app folder or file> [arguments]`.
// Only for runtimes that set-up put together itself; the official one brings its own default app.
const { app } = require('electron');
const { existsSync, readFileSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');

const { preloads, target } = parse(process.argv.slice(1));
if (target === undefined) {
  process.stderr.write('usage: electron [options] <app folder or file> [arguments]\n');
  app.exit(64);
} else {
  for (const preload of preloads) require(resolve(preload));
  require(entryOf(resolve(target)));
}

function parse(argv) {
  const preloads = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at];
    if (word === '-r' || word === '--require') {
      at += 1;
      preloads.push(argv[at]);
    } else if (!word.startsWith('-')) {
      return { preloads, target: word };
    }
  }
  return { preloads, target: undefined };
}

function entryOf(path) {
  const description = join(path, 'package.json');
  if (!existsSync(description)) {
    app.setAppPath(dirname(path));
    return path;
  }
  const about = JSON.parse(readFileSync(description, 'utf8'));
  app.setVersion(about.version ?? '0.0.0');
  app.setName(about.productName ?? about.name);
  app.setDesktopName(about.desktopName ?? `${about.name}.desktop`);
  app.setAppPath(path);
  return join(path, about.main ?? 'index.js');
}
