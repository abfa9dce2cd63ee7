/** Written by scripts/icon-sheets.mjs: the logos in marks.svg in their order, each with its colour where it has one. */
export const MARKS =
  'google#4285f4 googlechrome#4285f4 firefoxbrowser#ff7139 opera#ff1b2d brave#fb542b vivaldi#ef3939 ' +
  'apple android linux ubuntu#e95420 freebsd#ab2b28 playstation#0070d1 roku duckduckgo#de5833 ' +
  'baidu#2932e1 naver#03c75a ecosia#008009 qwant startpage#6563ff kagi facebook#0866ff ' +
  'instagram#ff0069 threads x reddit#ff4500 pinterest#bd081c tiktok snapchat whatsapp telegram#26a5e4 ' +
  'discord#5865f2 mastodon#6364ff bluesky#1185fe ycombinator#f0652f github stackoverflow#f58025 ' +
  'producthunt#da552f quora#b92b27 tumblr medium youtube#ff0000 vimeo#1ab7ea twitch#9146ff ' +
  'bilibili#00a1d6 kakaotalk line#00c300 wechat#07c160 vk#0077ff sinaweibo#e6162d zhihu#0084ff ' +
  'lobsters#ac130d claude#d97757 perplexity#1fb8cd googlegemini#8e75b2 deepseek#5786fe ' +
  'mistralai#fa520f gmail#ea4335 protonmail#6d4aff ebay#e53238 etsy#f16521 windows#2f7de1 ' +
  'safari#006cff edge#1f8fcb linkedin#2a78c8 bing#0f8f9c desktop mobile tablet tv direct email page ' +
  'click event conversion exit error';
