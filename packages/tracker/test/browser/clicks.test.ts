import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { useVisits } from './visits.js';

const EXTENDED = { file: 'liveinsight.extended.js', tag: 'data-site="shop" data-capture="none"' };

describe.runIf(hasChromium)('clicks', () => {
  const visits = useVisits();
  const clicks = () => visits.site.ofType('click');
  const clicked = async (body: string, selector: string, options = {}) => {
    await visits.open({ ...options, body });
    await visits.page.click(selector);
    await visits.leave();
    return clicks()[0];
  };

  it('are seen though the page stops them, and are not kept from it', async () => {
    const body =
      '<a id="own" href="/elsewhere" onclick="event.stopImmediatePropagation(); return false">Own</a>';
    expect(await clicked(body, '#own')).toMatchObject({
      element_tag: 'A',
      element_id: 'own',
      element_text: 'Own',
      href: `${visits.site.origin}/elsewhere`,
    });
    expect(visits.paths()).toEqual(['/']);
  });

  it('name what is clicked in a shadow root', async () => {
    const body =
      '<my-card><template shadowrootmode="open"><button id="in"><i>In</i>side</button></template></my-card>';
    expect(await clicked(body, '#in i')).toMatchObject({
      element_tag: 'BUTTON',
      element_id: 'in',
      element_text: 'Inside',
    });
  });

  it('name the link around a drawing, and a drawing of its own', async () => {
    const body = `<a href="/home" id="home"><svg width="20" height="20"><path class="roof" d="M0 0h20v20z"/></svg></a>
      <svg width="20" height="20" class="logo big" id="logo"><a href="#x"><rect width="20" height="20"/></a></svg>`;
    await visits.open({ body });
    await visits.page.evaluate(() =>
      document.querySelector('#home')?.addEventListener('click', (e) => e.preventDefault()),
    );
    await visits.page.click('#home path');
    await visits.page.click('#logo rect');
    await visits.leave();
    expect(clicks()).toMatchObject([
      { element_tag: 'A', element_id: 'home', href: `${visits.site.origin}/home` },
      { element_tag: 'a' },
    ]);
  });

  it('say origin and path of where a link leads', async () => {
    const body =
      '<base href="https://other.example/a/"><a id="it" href="b/c?d=1#e" onclick="return false">Out</a>';
    const tag = `data-site="shop" data-endpoint="${visits.site.origin}/api/events"`;
    expect(await clicked(body, '#it', { tag })).toMatchObject({ href: 'https://other.example/a/b/c' });
  });

  it('say a caption as it is seen, in one line', async () => {
    const body = '<button id="it">  Line\n  one <b>two</b>\t</button>';
    expect(await clicked(body, '#it')).toMatchObject({ element_text: 'Line one two' });
  });

  it('are one where a label passes them on to its field, and where the middle button opens a link', async () => {
    const body = `<label id="label">Yes <input type="checkbox" id="field"></label><a id="mid" href="/next" onauxclick="event.preventDefault()">Next</a>`;
    await visits.open({ body });
    await visits.page.click('#label', { position: { x: 2, y: 5 } });
    await visits.page.click('#mid', { button: 'middle' });
    await visits.page.click('#mid', { button: 'right' });
    await visits.leave();
    expect(clicks().map(({ element_id }) => element_id)).toEqual(['label', 'mid']);
  });

  it.each(['matches', 'closest', 'attributes', 'tagName'])(
    'are told in a form with a field named %s',
    async (name) => {
      const body = `<form onsubmit="return false"><input name="${name}"><button id="it">Go</button></form>`;
      expect(await clicked(body, '#it', EXTENDED)).toMatchObject({ element_id: 'it', element_text: 'Go' });
    },
  );

  it('that a script sends to the document or the window are none, and no loss', async () => {
    await visits.open();
    await visits.page.evaluate(() => {
      document.dispatchEvent(new Event('click', { bubbles: true }));
      window.dispatchEvent(new MouseEvent('click'));
    });
    await visits.leave();
    expect(clicks()).toEqual([]);
    expect(visits.site.batches.map(({ dropped }) => dropped).filter(Boolean)).toEqual([]);
  });

  it('come from the keyboard too', async () => {
    await visits.open();
    await visits.page.focus('#buy');
    await visits.page.keyboard.press('Enter');
    await visits.leave();
    expect(clicks()).toMatchObject([{ element_id: 'buy', element_text: 'Buy now' }]);
  });

  it.each([
    ['a field', '<input id="it" value="secret">'],
    ['a text area', '<textarea id="it">secret</textarea>'],
    ['what the visitor edits', '<div contenteditable id="it">secret</div>'],
    ['a button in what the visitor edits', '<div contenteditable><button id="it">secret</button></div>'],
    ['what is marked', '<button data-li-mask id="it">secret</button>'],
    ['what is marked further out', '<div data-li-mask><button id="it">secret</button></div>'],
    ['what holds something marked', '<button id="it">Pay <b data-li-mask>secret</b></button>'],
    ['plain text', '<p id="it">secret</p>'],
    ['a style', '<button id="it"><style>.secret{color:red}</style>Pay</button>'],
    ['what is hidden', '<button id="it">Pay<span hidden>secret</span></button>'],
    [
      'what is marked around a shadow root',
      '<div data-li-mask><x-in id="it"><template shadowrootmode="open"><button>secret</button></template></x-in></div>',
    ],
    [
      'what a shadow root marks around its slot',
      '<x-in><template shadowrootmode="open"><p data-li-mask><slot></slot></p></template><button id="it">secret</button></x-in>',
    ],
    [
      'a link to a reset of a password',
      '<a id="it" href="/reset?token=secret#secret" onclick="return false">Reset</a>',
    ],
    [
      'credentials in a link',
      '<a id="it" href="https://user:secret@example.org/a" onclick="return false">Out</a>',
    ],
    ['mail', '<a id="it" href="mailto:secret@example.org">Mail</a>'],
    ['a telephone number', '<a id="it" href="tel:+49secret">Call</a>'],
    ['a script in a link', '<a id="it" href="javascript:void(0,`secret`)">Run</a>'],
  ])('say no text of %s', async (_what, body) => {
    const click = await clicked(body, '#it', EXTENDED);
    expect(click).toMatchObject({ event_type: 'click' });
    expect(JSON.stringify(click)).not.toContain('secret');
  });

  it('carry what data-li-* says nearest to them, as event and properties', async () => {
    const body = `<section data-li-event="teaser" data-li-place="top">
      <button id="a" data-li-event="add_to_cart" data-li-sku="tea-7">Add</button>
      <button id="b">More</button></section><button id="c" data-li-plan="pro">Buy</button>`;
    await visits.open({ ...EXTENDED, body });
    for (const id of ['a', 'b', 'c']) await visits.page.click(`#${id}`);
    await visits.leave();
    expect(visits.customs('add_to_cart')).toMatchObject([{ props: { place: 'top', sku: 'tea-7' } }]);
    expect(visits.customs('teaser')).toMatchObject([{ props: { place: 'top' } }]);
    expect(clicks()).toMatchObject([{ element_id: 'c', props: { plan: 'pro' } }]);
  });
});
