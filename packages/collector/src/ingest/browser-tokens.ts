/** Browsers that name themselves by a token of their own with a version after it, as `HonorBrowser/1.0`: gathered by hand (THIRD_PARTY.md). */

/** On each line a name, and its tokens, in any case. */
const BROWSERS = `
115 Browser = 115browser
2345 Browser = mb2345browser
7654 Browser = 7654browser
AOL = adg aolbuild aolshield
Arctic Fox = arcticfox
Arora = arora
Avant Browser = avantbrowser
Avast Secure Browser = avast avastsecurebrowser
AVG Secure Browser = avg
Avira Secure Browser = avira
Baidu Browser = baiduhd bdspark sparksafe
Basilisk = basilisk
Beamrise = beamrise
BriskBard = briskbard
Camino = camino
Catsxp = catsxp
CCleaner Browser = ccleaner
ChatGPT Atlas = atlas
Chedot = chedot
ChromePlus = chromeplus
CometBird = cometbird
Comodo Dragon = comodo_dragon dragon
Comodo IceDragon = icedragon
CoolNovo = coolnovo
Craving Explorer = cravingexplorer
Cyberfox = cyberfox
Dolfin = dolfin
Dooble = dooble
Falkon = falkon
Firefox = beonex bonecho fennec firebird granparadiso minefield namoroka shiretoko
Firefox Lite = rocket
Floorp = floorp
Flock = flock
Hawk Browser = quickbrowser turbobrowser
Helio = helio
HiBrowser = hibrowser
Hola Browser = hola
Honor Browser = honorbrowser bdhonorbrowser
iCab = icab icabmobile
IceCat = icecat
Iceweasel = iceape iceweasel
Iridium = iridium
K-Meleon = k-meleon
K-Ninja = k-ninja
Kazehakase = kazehakase
Kindle Browser = kindle
Kinza = kinza
Konqueror = konqueror
Lunascape = ilunascape ilunascapelite lunascape
luakit = luakit
Maxthon = maxthon mxbrowser
Mercury = mercury
Meta Quest Browser = oculusbrowser
Midori = midori
Mullvad Browser = mullvadbrowser
Mypal = mypal
NetFront = netfront netfrontlifebrowser
Netscape = netscape netscape6 navigator
NetSurf = netsurf
Ninesky = ninesky
Nokia Browser = nokiabrowser s40ovibrowser browserng
Norton Private Browser = norton
OmniWeb = omniweb
Orca = orca
Ordissimo = ordissimo webissimo3
Otter Browser = otter
Pale Moon = palemoon
Pi Browser = pibrowser
Polarity = polarity
Presearch = presearch
qutebrowser = qutebrowser
Qwant = qwantmobile
Rakuten Browser = rakutenbrowser rakutenwebsearch
Rekonq = rekonq
RockMelt = rockmelt
Sber Browser = sberbrowser
Seewo Browser = seewobrowser
Skyfire = skyfire
SlimBoat = slimboat
SlimBrowser = slimbrowser
Slimjet = slimjet
Smart Lenovo Browser = lebrowser slbrowser
Smooz = smooz
Sputnik Browser = sputnikbrowser
Startpage = startpage
Superbird = superbird
Surf Browser = surfbrowser
TenFourFox = tenfourfox
Tenta Browser = tenta
Tesla Browser = tesla teslabrowser
Thunderbird = thunderbird
VMware AirWatch = airwatchbrowser
Vivaldi = viv vivaios vivaldi
Vuhuv = vuhuv
Waterfox = waterfox
Wavebox = wavebox
WebPositive = webpositive
Wolvic = wolvic
Yaani Browser = yaanibrowser turkcell-yaanibrowser
`;

/** A token and its version: the only form that says a browser, for the same words name devices and sites too. */
const TOKEN = /(?<![\w+-])([a-z\d][\w+-]*)\/v?\d/gi;

const byToken = new Map(
  BROWSERS.trim()
    .split('\n')
    .flatMap((line) => {
      const [name = '', tokens = ''] = line.split(' = ');
      return tokens.split(' ').map((token) => [token, name] as const);
    }),
);

/** Of several, the last: what is built on another browser adds its token behind. */
export function findByToken(userAgent: string): string | undefined {
  let found: string | undefined;
  for (const [, token = ''] of userAgent.matchAll(TOKEN)) found = byToken.get(token.toLowerCase()) ?? found;
  return found;
}
