/** A small file in MaxMind's DB format (https://maxmind.github.io/MaxMind-DB/), of IPv4 networks. */

const RECORD_BYTES = 4;

/** @param networks as `203.0.113.0/24`, none within another */
export function writeMmdb(networks, databaseType = 'GeoLite2-City') {
  const nodes = [[undefined, undefined]];
  const data = [];
  let offset = 0;
  for (const [network, value] of Object.entries(networks)) {
    const [address = '', prefix] = network.split('/');
    const bits = address
      .split('.')
      .map((byte) => Number(byte).toString(2).padStart(8, '0'))
      .join('')
      .slice(0, Number(prefix));
    const bytes = encode(value);
    insert(nodes, bits, { offset });
    data.push(bytes);
    offset += bytes.length;
  }
  const tree = Buffer.alloc(nodes.length * 2 * RECORD_BYTES);
  for (const [index, node] of nodes.entries())
    for (const [side, child] of node.entries())
      tree.writeUInt32BE(toRecord(child, nodes.length), (2 * index + side) * RECORD_BYTES);
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    database_type: databaseType,
    description: { en: 'of a test' },
    ip_version: 4,
    languages: ['en'],
    node_count: nodes.length,
    record_size: 8 * RECORD_BYTES,
  });
  return Buffer.concat([tree, Buffer.alloc(16), ...data, METADATA_START, metadata]);
}

const METADATA_START = Buffer.concat([Buffer.of(0xab, 0xcd, 0xef), Buffer.from('MaxMind.com')]);

function insert(nodes, bits, leaf) {
  let index = 0;
  for (const [depth, bit] of [...bits].entries()) {
    const node = nodes[index];
    const side = bit === '1' ? 1 : 0;
    if (!node) throw new Error('a node is missing');
    if (depth === bits.length - 1) node[side] = leaf;
    else if (typeof node[side] === 'number') index = node[side];
    else {
      nodes.push([undefined, undefined]);
      index = nodes.length - 1;
      node[side] = index;
    }
  }
}

function toRecord(child, nodeCount) {
  if (child === undefined) return nodeCount;
  return typeof child === 'number' ? child : nodeCount + 16 + child.offset;
}

function encode(value) {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return Buffer.concat([control(2, bytes.length), bytes]);
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encode)]);
  const entries = Object.entries(value).flatMap(([key, item]) => [encode(key), encode(item)]);
  return Buffer.concat([control(7, entries.length / 2), ...entries]);
}

/** Type and size; types above 7 have a byte of their own, sizes above 28 too. */
function control(type, size) {
  const [short, more] = size < 29 ? [size, []] : [29, [size - 29]];
  return Buffer.from(type > 7 ? [short, type - 7, ...more] : [(type << 5) | short, ...more]);
}
