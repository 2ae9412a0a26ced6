#include "core/dataset/web_page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <stop_token>
#include <thread>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace loom {
namespace {

using Texts = std::vector<std::string>;

WebPage read(const std::string& html, const std::string& charset = {}) {
  JobMonitor monitor;
  return readWebPage(html, "http://a.org/set/page.html", charset, monitor);
}

Texts urls(const WebPage& page) {
  Texts list;
  for (const WebPicture& picture : page.pictures) list.push_back(picture.url);
  return list;
}

Texts urlsOf(const std::string& html) {
  return urls(read(html));
}

TEST(WebPage, ListsPicturesOnceAndInOrder) {
  const std::string html =
      "<!doctype html><title> My\n sprites &amp; more </title><link rel=icon href=/favicon.png>"
      "<body style=\"background-image: url('bg.png')\">"
      "<img src=hero.png alt='A hero'><img src='/abs/mage.gif?a=1&amp;b=2'><IMG SRC='//CDN.org/c.webp'>"
      "<img src='./hero.png#again'><img><img src=''><img src='javascript:x'><img src='ftp://a.org/x.png'>"
      "<a href='download/sheet.PNG'>sheet</a><a href=other.html>other</a><a href=x.zip>zip</a>"
      "<input type=image src=button.png>";
  const WebPage page = read(html);
  EXPECT_EQ(page.title, "My sprites & more");
  EXPECT_EQ(urls(page),
            (Texts{"http://a.org/set/bg.png", "http://a.org/set/hero.png", "http://a.org/abs/mage.gif?a=1&b=2",
                   "http://cdn.org/c.webp", "http://a.org/set/download/sheet.PNG", "http://a.org/set/button.png"}));
  EXPECT_EQ(page.pictures[1].alt, "A hero");
  EXPECT_EQ(page.pictures[1].name, "hero.png");
  EXPECT_EQ(page.leftOut, 0);
}

TEST(WebPage, BaseCountsForAllOfThePage) {
  EXPECT_EQ(urlsOf(R"(<img src="a.png"><base href="../img/"><base href="/no/"><img src="b.png">)"),
            (Texts{"http://a.org/img/a.png", "http://a.org/img/b.png"}));
  EXPECT_EQ(urlsOf(R"(<base href="file:///etc/"><img src="a.png">)"), Texts{"http://a.org/set/a.png"});
}

TEST(WebPage, TheLargestOfSeveralSizesIsTaken) {
  EXPECT_EQ(urlsOf(R"(<img src="s.png" srcset="m.png 640w, l.png 1280w, s.png 320w">)"),
            Texts{"http://a.org/set/l.png"});
  EXPECT_EQ(urlsOf(R"(<img src="s.png" srcset="one.png, two.png 2x">)"), Texts{"http://a.org/set/two.png"});
  EXPECT_EQ(urlsOf(R"(<img src="s.png" srcset="a,b.png 2x,">)"), Texts{"http://a.org/set/a,b.png"});
  EXPECT_EQ(urlsOf(R"(<picture><source type="image/avif" srcset="x.avif 9000w"><source srcset="big.webp 2000w">
      <img src="small.png"></picture><img src="after.png">)"),
            (Texts{"http://a.org/set/big.webp", "http://a.org/set/after.png"}));
  EXPECT_EQ(urlsOf(R"(<picture><source srcset="other.webp"><img src="plain.png"></picture>)"),
            Texts{"http://a.org/set/plain.png"});
}

TEST(WebPage, LazyPicturesAreFoundBehindTheirBlanks) {
  EXPECT_EQ(urlsOf(R"(<img src="data:image/gif;base64,R0lGOD" data-src="real.png"><img data-original="b.png">)"),
            (Texts{"http://a.org/set/real.png", "http://a.org/set/b.png"}));
  EXPECT_EQ(urlsOf(R"(<noscript><img src="fallback.png"></noscript>)"), Texts{"http://a.org/set/fallback.png"});
}

TEST(WebPage, AThumbnailStandsForThePictureItLinksTo) {
  const WebPage page = read(R"(<a href="full.png"><img src="thumb.png" alt="Knight"></a><a href="page2.html">
      <img src="shown.png"></a>)");
  EXPECT_EQ(urls(page), (Texts{"http://a.org/set/full.png", "http://a.org/set/shown.png"}));
  EXPECT_EQ(page.pictures[0].alt, "Knight");
}

TEST(WebPage, ADirectoryListingIsAPage) {
  EXPECT_EQ(urlsOf(R"(<html><h1>Index of /set</h1><ul><li><a href="../">up</a><li><a href="0.png">0</a>
      <li><a href="10%20a.png">10 a</a></ul>)"),
            (Texts{"http://a.org/set/0.png", "http://a.org/set/10%20a.png"}));
}

TEST(WebPage, PicturesWithinThePageAreDecodedInPlace) {
  const WebPage page = read(
      "<img src=\"data:image/gif;base64,R0lGODlhEAAgAAAAACwAAAAAEAAgAAACDoSPqcvtD6OctNqLsz4FADs=\">"
      "<img src=\"data:image/png;base64,AAAA\"><img src=\"drawing.svg\">");
  ASSERT_EQ(page.pictures.size(), 3U);
  EXPECT_EQ(page.pictures[0].name, "picture-1.gif");
  EXPECT_EQ(page.pictures[0].width, 16);
  EXPECT_EQ(page.pictures[0].height, 32);
  EXPECT_GT(page.pictures[0].bytes, 30);
  EXPECT_EQ(page.pictures[0].problem, "");
  EXPECT_NE(page.pictures[1].problem, "");
  EXPECT_NE(page.pictures[2].problem.find("SVG"), std::string::npos);
}

TEST(WebPage, LicencesAreRead) {
  EXPECT_EQ(
      read(R"(<a rel="license nofollow" href="https://creativecommons.org/licenses/by-sa/4.0/deed.de">x</a>)").licence,
      "CC-BY-SA-4.0");
  EXPECT_EQ(read(R"(<a href="http://creativecommons.org/publicdomain/zero/1.0/">x</a>)").licence, "CC0-1.0");
  EXPECT_EQ(
      read(R"(<link rel=license href="/licence.txt"><a href="https://creativecommons.org/licenses/by/3.0/">)").licence,
      "http://a.org/licence.txt");  // what the page states counts before what it merely links
  EXPECT_EQ(read(R"(<a href="https://creativecommons.org/about">x</a>)").licence, "");
  EXPECT_EQ(licenceName("https://evilcreativecommons.org/licenses/by/4.0/"),
            "https://evilcreativecommons.org/licenses/by/4.0/");
}

TEST(WebPage, OtherCharacterSetsAreUnderstood) {
  EXPECT_EQ(read("<title>\x97\x45\x8E\xD2</title>", "shift_jis").title, "勇者");
  EXPECT_EQ(read("<title>H\xE9ros</title>", "iso-8859-1").title, "Héros");
  EXPECT_EQ(read("<title>H\xE9ros</title>").title, "Héros");
  EXPECT_EQ(read("<meta charset=\"iso-8859-2\"><title>\xB3</title>").title, "ł");
  EXPECT_EQ(read("<title>Héros</title>", "no-such-set").title, "Héros");
  EXPECT_EQ(read(std::string("\xFF\xFE<\0t\0i\0t\0l\0e\0>\0a\0", 18)).title, "a");
}

TEST(WebPage, ListsNoMoreThanTheLimit) {
  std::string html;
  for (std::int64_t i = 0; i < limits::kMaxPagePictures + 7; ++i) html += "<img src=" + std::to_string(i) + ".png>";
  const WebPage page = read(html);
  EXPECT_EQ(static_cast<std::int64_t>(page.pictures.size()), limits::kMaxPagePictures);
  EXPECT_EQ(page.leftOut, 7);
}

std::string repeated(const std::string& piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

TEST(WebPage, NestingWithoutEndIsRefusedInBoundedTime) {
  const auto started = std::chrono::steady_clock::now();
  std::jthread stopper;
  std::stop_source stop;
  JobMonitor monitor(stop.get_token(), {});
  stopper = std::jthread([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    stop.request_stop();
  });
  EXPECT_THROW(readWebPage(repeated("<div>", 8 << 20), "http://a.org/", {}, monitor), Cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(3));
  const std::string deep = repeated("<div>", 100'000) + "<img src=x.png>";  // 20,000 levels, as deep as a stack goes
  EXPECT_EQ(urlsOf(deep), Texts{"http://a.org/set/x.png"});
}

TEST(WebPage, FormattingThatMultipliesIsRefusedInBoundedMemory) {
  std::string html = "<p>";
  for (int i = 0; i < 3000; ++i) html += "<b id=" + std::to_string(i) + ">";
  EXPECT_THROW(read(html + repeated("</p><p>x", 1 << 20)), Error);
}

TEST(WebPage, SurvivesAnyBytes) {
  constexpr unsigned kSeed = 22;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  const Texts pieces = {"<img src=",
                        "<a href=\"",
                        "\"",
                        ">",
                        "</a>",
                        "<picture>",
                        "<source srcset='a 1w,b 2w'",
                        "<table>",
                        "<svg><image href=x>",
                        "<template>",
                        "<base href=",
                        "&amp;",
                        "&#0;",
                        "<!--",
                        "-->",
                        "<script>",
                        "</",
                        "<select><option>",
                        "style=\"background:url(",
                        ")",
                        "<p><b><i>",
                        "<frameset>",
                        "<math>",
                        "<title>",
                        "\0"};
  for (int i = 0; i < 3000; ++i) {
    std::string html;
    for (auto n = random() % 40; n > 0; --n) {
      html += random() % 5 == 0 ? std::string(1, static_cast<char>(random())) : pieces[random() % pieces.size()];
    }
    for (const WebPicture& picture : read(html).pictures) EXPECT_NE(picture.url, "") << html;
    addressesIn(html);
  }
}

TEST(Drops, ListsOfAddressesAreRead) {
  EXPECT_EQ(
      addressesIn("# comment\r\nhttp://a.org/x.png\r\nfile:///home/x.png\r\nhttps://b.org/\r\nhttp://a.org/x.png\r\n"),
      (Texts{"http://a.org/x.png", "https://b.org/"}));
  EXPECT_EQ(addressesIn("https://a.org/page\nThe page's title"), Texts{"https://a.org/page"});
  EXPECT_EQ(addressesIn(""), Texts{});
  EXPECT_EQ(addressesIn("just words"), Texts{});
  EXPECT_EQ(addressesIn("http://u:p@a.org/x.png"), Texts{});
}

TEST(Drops, OfAPieceOfAPageThePictureCountsBeforeItsLink) {
  EXPECT_EQ(
      addressesIn(R"(<meta charset="utf-8"><a href="http://a.org/page"><img src="http://a.org/x.png?a&amp;b"></a>)"),
      Texts{"http://a.org/x.png?a&b"});
  EXPECT_EQ(addressesIn(R"(<a href="http://a.org/page">words</a>)"), Texts{"http://a.org/page"});
  EXPECT_EQ(addressesIn(R"(<a href="http://a.org/full.png"><img src="relative.png"></a>)"),
            Texts{"http://a.org/full.png"});
  EXPECT_EQ(addressesIn("<img src=\"data:image/png;base64,AAAA\">"), Texts{"data:image/png;base64,AAAA"});
}

}  // namespace
}  // namespace loom
