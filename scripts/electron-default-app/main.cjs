// What an Electron runtime without an app of its own runs: `electron [options] <app folder or file> [arguments]`.
// Only for runtimes that set-up put together itself; the official one brings its own default app.
const { app } = require('electron');
const fs = require('node:fs');
const path = require('node:path');

const { preloads, target } = parse(process.argv.slice(1));
if (target === undefined) {
  process.stderr.write('usage: electron [options] <app folder or file> [arguments]\n');
  app.exit(64);
} else {
  for (const preload of preloads) require(path.resolve(preload));
  require(entryOf(path.resolve(target)));
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

function entryOf(place) {
  const description = path.join(place, 'package.json');
  if (!fs.existsSync(description)) {
    app.setAppPath(path.dirname(place));
    return place;
  }
  const about = JSON.parse(fs.readFileSync(description, 'utf8'));
  app.setVersion(about.version ?? '0.0.0');
  app.setName(about.productName ?? about.name);
  app.setDesktopName(about.desktopName ?? `${about.name}.desktop`);
  app.setAppPath(place);
  return path.join(place, about.main ?? 'index.js');
}
