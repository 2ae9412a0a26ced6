#include "core/dataset/web_reader.h"

#include <unistd.h>

#include <algorithm>

#include "tests/dataset/web_fixture.h"

namespace loom {
namespace {

using std::chrono::milliseconds;
using Texts = std::vector<std::string>;

class WebReaderTest : public WebTest {};

TEST_F(WebReaderTest, APageIsListedHonestlyAndWithoutCookies) {
  Served page{.body = R"(<title>Set</title><img src="a.png"><img src="/x/b.png"><img src="missing.png">)"};
  page.headers = {{"Set-Cookie", "id=1"}};
  m_server.put("/set/", page);
  const WebPage found = look("/set/");
  EXPECT_EQ(found.title, "Set");
  ASSERT_EQ(found.pictures.size(), 3U);
  EXPECT_EQ(found.pictures[0].url, m_server.url("/set/a.png"));
  EXPECT_EQ(found.pictures[1].url, m_server.url("/x/b.png"));
  EXPECT_EQ(found.pictures[0].localHost, "127.0.0.1");
  look("/set/");
  const std::vector<ServedRequest> log = m_server.log("/set/");
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log[1].headers.at("user-agent"), "Spriteloom/0.1.0 (+artist tool)");
  EXPECT_FALSE(log[1].headers.contains("cookie"));
  EXPECT_FALSE(log[1].headers.contains("authorization"));
  EXPECT_EQ(m_server.log("/robots.txt").size(), 1U);  // asked once
}

TEST_F(WebReaderTest, AnAddressOfAPictureIsAListOfOne) {
  m_server.put("/hero.png", png(pngBytes(1, 16, 24)));
  const WebPage page = look("/hero.png");
  ASSERT_EQ(page.pictures.size(), 1U);
  EXPECT_EQ(page.pictures[0].name, "hero.png");
  EXPECT_EQ(page.pictures[0].width, 16);
  EXPECT_EQ(page.pictures[0].height, 24);
  EXPECT_EQ(page.pictures[0].bytes, static_cast<std::int64_t>(pngBytes(1, 16, 24).size()));
  Served lying = png(pngBytes(1, 16, 24));
  lying.type = "text/html";
  m_server.put("/lying", lying);
  EXPECT_EQ(look("/lying").pictures.at(0).width, 16);  // content decides
}

TEST_F(WebReaderTest, GzipIsUnderstood) {
  const std::string html = "<img src=zipped.png>" + std::string(5000, ' ');
  std::string packed(html.size() + 1000, '\0');
  std::size_t size = 0;
  archive* writer = archive_write_new();
  archive_write_add_filter_gzip(writer);
  archive_write_set_format_raw(writer);
  archive_write_set_bytes_in_last_block(writer, 1);
  ASSERT_EQ(archive_write_open_memory(writer, packed.data(), packed.size(), &size), ARCHIVE_OK);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_write_header(writer, entry);
  archive_write_data(writer, html.data(), html.size());
  archive_entry_free(entry);
  archive_write_close(writer);
  archive_write_free(writer);
  packed.resize(size);
  ASSERT_TRUE(packed.starts_with("\x1F\x8B"));
  Served served{.body = packed};
  served.headers = {{"Content-Encoding", "gzip"}};
  m_server.put("/zipped", served);
  EXPECT_EQ(look("/zipped").pictures.at(0).url, m_server.url("/zipped.png"));
}

TEST_F(WebReaderTest, WhatIsNeitherPageNorPictureIsRefused) {
  m_server.put("/a.zip", Served{.type = "application/zip", .body = "PK\x03\x04" + std::string(100, 'x')});
  EXPECT_NE(failureOf(m_server.url("/a.zip")).find("neither"), std::string::npos);
  m_server.put("/notes", Served{.type = "text/plain", .body = "no page, however long the text of this file may be"});
  EXPECT_NE(failureOf(m_server.url("/notes")).find("neither"), std::string::npos);
  m_server.put("/huge", Served{.body = "<html>" + std::string(9 << 20, ' ')});
  EXPECT_NE(failureOf(m_server.url("/huge")).find("8 MB"), std::string::npos);
}

TEST_F(WebReaderTest, AddressesOfOtherKindsAreRefusedBeforeAnyRequest) {
  for (const char* url : {"file:///etc/passwd", "ftp://a.org/", "http://user:secret@127.0.0.1/", "nothing", ""}) {
    EXPECT_NE(failureOf(url).find("no address of a web page"), std::string::npos) << url;
  }
  EXPECT_TRUE(m_server.log().empty());
}

TEST_F(WebReaderTest, FailuresSayWhatHappened) {
  EXPECT_NE(failureOf(m_server.url("/none")).find("HTTP 404"), std::string::npos);
  m_server.put("/secret", Served{.status = 403});
  EXPECT_NE(failureOf(m_server.url("/secret")).find("refused"), std::string::npos);
  m_server.put("/broken", Served{.status = 500});
  EXPECT_NE(failureOf(m_server.url("/broken")).find("trouble"), std::string::npos);
  Served cut{.body = "<html>" + std::string(5000, ' ')};
  cut.cutAfter = 2000;
  m_server.put("/cut", cut);
  EXPECT_NE(failureOf(m_server.url("/cut")).find("to its end"), std::string::npos);
  Served slow{.body = "<html>"};
  slow.waitMilliseconds = 5000;
  m_server.put("/slow", slow);
  EXPECT_NE(failureOf(m_server.url("/slow")).find("did not answer in time"), std::string::npos);
}

TEST_F(WebReaderTest, AClosedDoorAndAnUnknownNameAreToldApart) {
  EXPECT_NE(failureOf("http://127.0.0.1:1/").find("could not be reached"), std::string::npos);  // nobody listens there
  ::setenv("no_proxy", "*", 1);
  EXPECT_NE(failureOf("http://no-such-host.invalid/").find("no address was found"), std::string::npos);
}

TEST_F(WebReaderTest, RedirectsAreFollowedWithinBounds) {
  const auto redirect = [&](const std::string& from, const std::string& to, int status = 302) {
    Served served{.status = status};
    served.headers = {{"Location", to}};
    m_server.put(from, served);
  };
  putPage("/to/page", "<img src=x.png>");
  redirect("/1", "/2", 301);
  redirect("/2", "to/page", 307);
  EXPECT_EQ(look("/1").url, m_server.url("/to/page"));
  EXPECT_EQ(look("/1").pictures.at(0).url, m_server.url("/to/x.png"));
  for (int i = 10; i < 16; ++i) redirect("/" + std::to_string(i), "/" + std::to_string(i + 1));
  putPage("/16", "<img src=x.png>");
  EXPECT_EQ(look("/11").url, m_server.url("/16"));  // five
  EXPECT_NE(failureOf(m_server.url("/10")).find("more than 5 times"), std::string::npos);
  redirect("/loop", "/loop");
  m_server.clearLog();
  EXPECT_NE(failureOf(m_server.url("/loop")).find("more than 5 times"), std::string::npos);
  EXPECT_EQ(m_server.log("/loop").size(), 6U);
  redirect("/file", "file:///etc/passwd");
  EXPECT_NE(failureOf(m_server.url("/file")).find("no address of a web page"), std::string::npos);
  redirect("/secret", "http://u:p@127.0.0.1/");
  EXPECT_NE(failureOf(m_server.url("/secret")).find("no address of a web page"), std::string::npos);
  redirect("/inwards", m_server.url("/to/page", "127.0.0.2"));
  EXPECT_NE(failureOf(m_server.url("/inwards")).find("private network"), std::string::npos);
}

TEST_F(WebReaderTest, RobotsTxtIsKept) {
  m_server.put("/robots.txt", Served{.type = "text/plain", .body = "User-agent: spriteloom\nDisallow: /no\n"});
  putPage("/no/page", "<img src=x.png>");
  putPage("/yes", "<img src=/no/x.png>");
  Served redirect{.status = 302};
  redirect.headers = {{"Location", "/no/page"}};
  m_server.put("/way", redirect);
  EXPECT_NE(failureOf(m_server.url("/no/page")).find("robots.txt"), std::string::npos);
  EXPECT_NE(failureOf(m_server.url("/way")).find("robots.txt"), std::string::npos);
  WebPage page = look("/yes");
  m_reader.measure(page.pictures.at(0), m_monitor);
  EXPECT_NE(page.pictures[0].problem.find("robots.txt"), std::string::npos);
  EXPECT_NE(reasonFor(fetch(look("/yes").pictures), "x.png").find("robots.txt"), std::string::npos);
  EXPECT_TRUE(m_server.log("/no/page").empty());
  EXPECT_TRUE(m_server.log("/no/x.png").empty());
}

TEST_F(WebReaderTest, ASiteWhoseRobotsTxtFailsIsLeftAlone) {
  m_server.put("/robots.txt", Served{.status = 500});
  putPage("/page", "<img src=x.png>");
  EXPECT_NE(failureOf(m_server.url("/page")).find("robots.txt of 127.0.0.1"), std::string::npos);
  EXPECT_TRUE(m_server.log("/page").empty());
  m_server.put("/robots.txt", Served{.status = 403});
  EXPECT_EQ(look("/page").pictures.size(), 1U);  // not there for us: everything may be fetched
}

TEST_F(WebReaderTest, APageMayNotPointIntoThePrivateNetwork) {
  putPage("/page", "<img src='" + m_server.url("/a.png", "127.0.0.2") + "'><img src='" +
                       m_server.url("/b.png", "localhost") +
                       "'><img src='http://[::1]:" + std::to_string(m_server.port()) + "/c.png'><img src=/d.png>");
  for (const char* path : {"/a.png", "/b.png", "/c.png", "/d.png"}) m_server.put(path, png(pngBytes(1)));
  const WebFetchReport report = fetch(look("/page").pictures);
  ASSERT_EQ(report.files.size(), 1U);  // the one on the page's own host
  EXPECT_EQ(report.files[0].url, m_server.url("/d.png"));
  ASSERT_EQ(report.skipped.size(), 3U);
  for (const SkippedFile& skipped : report.skipped)
    EXPECT_NE(skipped.reason.find("private network"), std::string::npos);
  for (const char* path : {"/a.png", "/b.png", "/c.png"}) EXPECT_TRUE(m_server.log(path).empty()) << path;
}

TEST_F(WebReaderTest, APublicLookingNameThatResolvesInwardsIsRefused) {
  ::setenv("no_proxy", "*", 1);
  char name[256] = {};
  ::gethostname(name, sizeof(name) - 1);
  putPage("/page", "x");
  if (m_server.log().empty() && failureOf(m_server.url("/page", name)).find("no address") != std::string::npos) {
    GTEST_SKIP() << "this machine does not know its own name";
  }
  m_server.clearLog();
  WebPicture made = picture("/x.png");
  made.url = m_server.url("/x.png", name);
  made.localHost.clear();  // as found on a public page
  m_server.put("/x.png", png(pngBytes(1)));
  m_reader.measure(made, m_monitor);  // also over the connection that look() opened
  EXPECT_NE(made.problem.find("private network"), std::string::npos) << made.problem;
  EXPECT_TRUE(m_server.log("/x.png").empty());
}

TEST_F(WebReaderTest, RequestsKeepTheirDistance) {
  m_server.put("/robots.txt", Served{.status = 404});
  putPage("/page", "<img src=1.png><img src=2.png><img src=3.png>");
  for (const char* path : {"/1.png", "/2.png", "/3.png"}) m_server.put(path, png(pngBytes(1)));
  EXPECT_EQ(fetch(look("/page").pictures).files.size(), 3U);
  const std::vector<ServedRequest> log = m_server.log();
  ASSERT_EQ(log.size(), 5U);
  for (std::size_t i = 1; i < log.size(); ++i) EXPECT_EQ(log[i].time - log[i - 1].time, 1000) << log[i].path;
}

TEST_F(WebReaderTest, CrawlDelayWidensTheDistance) {
  m_server.put("/robots.txt", Served{.type = "text/plain", .body = "User-agent: *\nCrawl-delay: 7\n"});
  putPage("/page", "<img src=1.png>");
  m_server.put("/1.png", png(pngBytes(1)));
  fetch(look("/page").pictures);
  const std::vector<ServedRequest> log = m_server.log();
  ASSERT_EQ(log.size(), 3U);
  for (std::size_t i = 1; i < log.size(); ++i) EXPECT_EQ(log[i].time - log[i - 1].time, 7000) << log[i].path;
}

TEST_F(WebReaderTest, AServerThatAsksForPatienceGetsIt) {
  int asked = 0;
  m_server.put("/busy", [&](const ServedRequest&) {
    Served served{.status = ++asked < 3 ? 429 : 200, .body = "<img src=x.png>"};
    served.headers = {{"Retry-After", "30"}};
    return served;
  });
  EXPECT_EQ(look("/busy").pictures.size(), 1U);
  const std::vector<ServedRequest> log = m_server.log("/busy");
  ASSERT_EQ(log.size(), 3U);
  EXPECT_EQ(log[1].time - log[0].time, 30000);
}

TEST_F(WebReaderTest, AWaitThatIsTooLongIsAnErrorAndIsKept) {
  Served busy{.status = 429};
  busy.headers = {{"Retry-After", "3600"}};
  m_server.put("/busy", busy);
  putPage("/page", "<img src=x.png>");
  EXPECT_NE(failureOf(m_server.url("/busy")).find("3600 seconds"), std::string::npos);
  EXPECT_NE(failureOf(m_server.url("/page")).find("left alone"), std::string::npos);
  EXPECT_TRUE(m_server.log("/page").empty());
  m_now += 3'600'000;
  EXPECT_EQ(look("/page").pictures.size(), 1U);
}

TEST_F(WebReaderTest, SizesComeFromTheFirstKilobytes) {
  const std::string large = largePng(900'000);
  m_server.put("/ranged.png", png(large));
  Served plain = png(large);
  plain.ranges = false;
  plain.pauseMilliseconds = 2;
  m_server.put("/plain.png", plain);
  for (const char* path : {"/ranged.png", "/plain.png"}) {
    WebPicture found = picture(path);
    m_reader.measure(found, m_monitor);
    EXPECT_EQ(found.problem, "") << path;
    EXPECT_EQ(found.width, 8) << path;
    EXPECT_EQ(found.height, 8) << path;
    EXPECT_EQ(found.bytes, static_cast<std::int64_t>(large.size())) << path;
  }
  EXPECT_EQ(m_server.log("/ranged.png").at(0).headers.at("range"), "bytes=0-65535");
  putPage("/page.png", "<html>not what it says, and long enough to tell</html>");
  WebPicture html = picture("/page.png");
  m_reader.measure(html, m_monitor);
  EXPECT_NE(html.problem.find("no picture"), std::string::npos);
  WebPicture missing = picture("/none.png");
  m_reader.measure(missing, m_monitor);
  EXPECT_NE(missing.problem.find("404"), std::string::npos);
  Served huge = png(large);
  huge.ranges = false;
  huge.length = 600LL << 20;
  m_server.put("/huge.png", huge);
  WebPicture tooLarge = picture("/huge.png");
  m_reader.measure(tooLarge, m_monitor);
  EXPECT_NE(tooLarge.problem.find("256 MB"), std::string::npos);
}

}  // namespace
}  // namespace loom
