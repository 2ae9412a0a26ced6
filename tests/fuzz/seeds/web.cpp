// Seeds for what reads the web.
#include "tests/fuzz/seeds/seeds.h"

namespace loom {

void putWebSeeds(Seeds& seeds) {
  const std::string pixel = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
  for (const std::string& page :
       {std::string("<!doctype html><title>My &amp; yours</title><base href='../x/'><img src=hero.png alt='A hero'>"
                    "<img src='/abs/mage.gif?a=1&amp;b=2' width=64 height='32'><IMG SRC='//CDN.org/c.webp'>"),
        std::string(
            "<meta charset=windows-1252><img src=s.png srcset='m.png 640w, l.png 1280w, s.png 2x'>"
            "<picture><source type=image/avif srcset=a.avif><source srcset='b.webp 2x'><img src=c.png></picture>"),
        std::string(
            "<body style=\"background: url('bg.png') , url(b.gif)\"><a href=big.png><img src=thumb.png></a>"
            "<a href='sheet.PNG'>sheet</a><input type=image src=button.png><noscript><img src=n.png></noscript>"),
        "<img src=\"" + pixel + "\" data-src=lazy.png><img data-srcset='a.png 1x,b.png 3x'>",
        std::string("<a rel=license href='https://creativecommons.org/licenses/by-sa/4.0/'>CC</a>"
                    "<link rel=license href=https://creativecommons.org/publicdomain/zero/1.0/>"
                    "<table><tr><td><b><i><a><p></b><svg><image href=x.png></svg><template><img src=t.png>"),
        std::string("\xEF\xBB\xBF<html><p>\xC3\xA4\xFF\xFE<img src=\xC3\xA4.png>"),
        std::string("\xFF\xFE<\0i\0m\0g\0 \0s\0r\0c\0=\0a\0.\0p\0n\0g\0>\0", 32)}) {
    for (const char charset : {'\0', '\1', '\3'}) seeds.put("page", charset + page);
  }
  for (const char* robots :
       {"User-agent: *\nDisallow: /private/\nAllow: /private/art$\nCrawl-delay: 2.5\n",
        "# none\nUser-agent: spriteloom\nUser-agent: other\r\nDisallow: /*.png$\r\nDisallow: /*a*b*c*d\r\n\r\n"
        "User-agent: *\nDisallow: /\n",
        "\xEF\xBB\xBFuser-AGENT : SpriteLoom/1.0\rDisallow:\rallow: /%C3%A4?q=*\rSitemap: x\n"}) {
    seeds.put("robots", robots);
  }
  for (const std::string& address :
       {std::string("https://Example.ORG:443/a b/../c%20d.png?x=1&y=2#f"), std::string("http://[::1]:8080/%ff/.."),
        std::string("//cdn.example.org/x.webp"), std::string("..\\up\\hero.png"), std::string("?only=query"),
        std::string("https://user:word@example.org/"), std::string("http://xn--bcher-kva.example/"),
        std::string("https://creativecommons.org/licenses/by-nc-sa/3.0/de/deed.en"), pixel,
        std::string("data:image/png,%89PNG%0D%0A"),
        std::string("# comment\r\nhttps://a.org/1.png\r\nhttps://a.org/2.png\r\n"),
        std::string(
            "<meta http-equiv=content-type><a href='https://a.org/big.png'><img src='https://a.org/t.png'></a>")}) {
    seeds.put("address", address);
  }
}

}  // namespace loom
