#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/dataset/web_fixture.h"

namespace loom {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using Names = std::vector<std::string>;

class WebFetchTest : public WebTest {
 protected:
  /// A picture whose first `cuts` transfers break off after 20,000 bytes.
  void putBreaking(const std::string& path, const std::string& body, int cuts, bool ranges = true,
                   const std::string& tag = "\"one\"") {
    auto left = std::make_shared<int>(cuts);
    m_server.put(path, [=](const ServedRequest&) {
      Served served = png(body);
      served.ranges = ranges;
      if (!tag.empty()) served.headers = {{"ETag", tag}};
      if ((*left)-- > 0) served.cutAfter = 20'000;
      return served;
    });
  }
};

TEST_F(WebFetchTest, PicturesArriveWholeWithNamesOfTheirOwn) {
  m_server.put("/a/hero.png", png(pngBytes(1)));
  m_server.put("/b/hero.png", png(pngBytes(2)));
  m_server.put("/picture.php?id=3", png(pngBytes(3)));
  WebPicture unnamed = picture("/picture.php?id=3", "picture.php");
  const WebFetchReport report = fetch({picture("/a/hero.png"), picture("/b/hero.png"), unnamed});
  ASSERT_EQ(report.files.size(), 3U);
  EXPECT_EQ(report.files[0].file.filename(), "hero.png");
  EXPECT_EQ(report.files[1].file.filename(), "hero-2.png");
  EXPECT_EQ(report.files[2].file.filename(), "picture.php.png");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(contentOf(report.files[static_cast<std::size_t>(i)].file), pngBytes(i + 1));
  EXPECT_EQ(report.reused, 0);
  EXPECT_EQ(report.bytes, static_cast<std::int64_t>(pngBytes(1).size() + pngBytes(2).size() + pngBytes(3).size()));
  EXPECT_TRUE(report.skipped.empty());
}

TEST_F(WebFetchTest, FoldersOfViewsStayFolders) {
  m_server.put("/set/front/3.png", png(pngBytes(1)));
  m_server.put("/set/Back/3.png", png(pngBytes(2)));
  fetch({picture("/set/front/3.png", "3.png"), picture("/set/Back/3.png", "3.png")});
  EXPECT_EQ(filesIn("fetch"), (Names{".web-fetch.json", "back/3.png", "front/3.png"}));
  JobMonitor monitor;
  const Project project = Project::create(m_folder / "p.loom");
  const ImportReport report = importSprites(project, {m_folder / "fetch"}, monitor);
  EXPECT_EQ(report.imported, 2);
  EXPECT_EQ(report.characters, 1);
  EXPECT_EQ(report.views, (Names{"back", "front"}));
  EXPECT_TRUE(report.skipped.empty());  // what is ours in that folder is hidden
}

TEST_F(WebFetchTest, PicturesWithinThePageNeedNoServer) {
  WebPicture within;
  within.url = "data:image/gif;base64,R0lGODlhEAAgAAAAACwAAAAAEAAgAAACDoSPqcvtD6OctNqLsz4FADs=";
  within.name = "picture-1.gif";
  EXPECT_EQ(fetch({within}).reused, 0);
  const WebFetchReport again = fetch({within});
  EXPECT_EQ(again.reused, 1);
  ASSERT_EQ(again.files.size(), 1U);
  EXPECT_TRUE(contentOf(again.files[0].file).starts_with("GIF89a"));
  EXPECT_TRUE(m_server.log().empty());
}

TEST_F(WebFetchTest, ABrokenTransferGoesOnWhereItStopped) {
  const std::string body = largePng(50'000);
  putBreaking("/x.png", body, 2);
  const WebFetchReport report = fetch({picture("/x.png")});
  ASSERT_EQ(report.files.size(), 1U) << reasonFor(report, "x.png");
  EXPECT_EQ(contentOf(report.files[0].file), body);
  const std::vector<ServedRequest> log = m_server.log("/x.png");
  ASSERT_EQ(log.size(), 3U);
  EXPECT_FALSE(log[0].headers.contains("range"));
  EXPECT_EQ(log[1].headers.at("range"), "bytes=20000-");
  EXPECT_EQ(log[1].headers.at("if-range"), "\"one\"");
  EXPECT_EQ(log[2].headers.at("range"), "bytes=40000-");
  EXPECT_EQ(report.bytes, 50'000);
}

TEST_F(WebFetchTest, AnotherProgramRunGoesOnToo) {
  const std::string body = largePng(90'000);
  putBreaking("/x.png", body, 3);
  const WebFetchReport first = fetch({picture("/x.png")});
  EXPECT_TRUE(first.files.empty());
  EXPECT_NE(reasonFor(first, "x.png").find("goes on from there"), std::string::npos);
  EXPECT_EQ(filesIn("fetch"), (Names{".hero.png.part", ".web-fetch.json"}));
  m_server.clearLog();
  WebReader later(settings());
  const WebFetchReport second = later.fetch({picture("/x.png")}, m_folder / "fetch", m_monitor);
  ASSERT_EQ(second.files.size(), 1U);
  EXPECT_EQ(contentOf(second.files[0].file), body);
  EXPECT_EQ(m_server.log("/x.png").at(0).headers.at("range"), "bytes=60000-");
  EXPECT_EQ(second.bytes, 30'000);
  EXPECT_EQ(filesIn("fetch"), (Names{".web-fetch.json", "hero.png"}));
}

TEST_F(WebFetchTest, AHalfOfAnOlderFileIsNotMixedWithTheNewOne) {
  putBreaking("/x.png", largePng(70'000), 3, true, "\"old\"");
  fetch({picture("/x.png")});
  const std::string changed = "\x89PNG\r\n\x1a\n" + std::string(60'000, 'n');
  putBreaking("/x.png", changed, 0, true, "\"new\"");
  const WebFetchReport report = fetch({picture("/x.png")});
  ASSERT_EQ(report.files.size(), 1U);
  EXPECT_EQ(contentOf(report.files[0].file), changed);
  EXPECT_EQ(m_server.log("/x.png").back().headers.at("if-range"), "\"old\"");
}

TEST_F(WebFetchTest, WithoutRangesOrTagsAPictureIsBegunAnew) {
  const std::string body = largePng(50'000);
  putBreaking("/noranges.png", body, 1, false);
  putBreaking("/notag.png", body, 1, true, "");
  putBreaking("/weak.png", body, 1, true, "W/\"weak\"");
  const WebFetchReport report = fetch({picture("/noranges.png"), picture("/notag.png"), picture("/weak.png")});
  ASSERT_EQ(report.files.size(), 3U);
  for (const FetchedPicture& file : report.files) EXPECT_EQ(contentOf(file.file), body) << file.url;
  EXPECT_FALSE(m_server.log("/notag.png").at(1).headers.contains("range"));
  EXPECT_FALSE(m_server.log("/weak.png").at(1).headers.contains("range"));
}

TEST_F(WebFetchTest, AHalfThatDoesNotFitAnyMoreIsDropped) {
  const std::string body = largePng(50'000);
  putBreaking("/x.png", body, 3);
  fetch({picture("/x.png")});
  std::ofstream(m_folder / "fetch/.hero.png.part", std::ios::app) << std::string(100'000, 'j');  // answered with 416
  putBreaking("/x.png", body, 0);
  const WebFetchReport report = fetch({picture("/x.png")});
  ASSERT_EQ(report.files.size(), 1U) << reasonFor(report, "x.png");
  EXPECT_EQ(contentOf(report.files[0].file), body);
}

TEST_F(WebFetchTest, FinishedPicturesAreNotFetchedAgainAlsoFromAnotherList) {
  for (const char* path : {"/1.png", "/2.png", "/3.png"}) m_server.put(path, png(pngBytes(path[1])));
  fetch({picture("/1.png", "1.png"), picture("/2.png", "2.png")});
  m_server.clearLog();
  const WebFetchReport report = fetch({picture("/3.png", "3.png"), picture("/2.png", "2.png")});
  EXPECT_EQ(report.reused, 1);
  ASSERT_EQ(report.files.size(), 2U);
  EXPECT_EQ(report.files[1].file.filename(), "2.png");
  EXPECT_EQ(m_server.log().size(), 1U);
  std::filesystem::remove(m_folder / "fetch/2.png");
  m_server.clearLog();
  EXPECT_EQ(fetch({picture("/2.png", "2.png")}).reused, 0);
  EXPECT_EQ(contentOf(m_folder / "fetch/2.png"), pngBytes('2'));
}

TEST_F(WebFetchTest, OneBadPictureNeverStopsTheRest) {
  putPage("/page.png", "<html>" + std::string(500, 'x') + "</html>");
  m_server.put("/empty.png", png(""));
  Served huge = png(largePng(5000));
  huge.length = 600LL << 20;
  m_server.put("/huge.png", huge);
  m_server.put("/error.png", Served{.status = 500});
  Served cut = png(pngBytes(1));
  cut.type = "image/bmp";
  cut.body = std::string("BM") + std::string(8, '\0') + "\x36" + std::string(3, '\0') + "\x28" + std::string(3, '\0') +
             "\x20" + std::string(3, '\0') + "\x20" + std::string(3, '\0') + "\x01" + std::string(1, '\0') + "\x18" +
             std::string(60, '\0');
  cut.withLength = false;
  m_server.put("/cut.bmp", cut);
  m_server.put("/good.png", png(pngBytes(1)));
  WebPicture refused = picture("/refused.svg");
  refused.problem = "it is a drawing";
  const WebFetchReport report =
      fetch({picture("/page.png"), picture("/empty.png"), picture("/huge.png"), picture("/none.png"),
             picture("/error.png"), picture("/cut.bmp"), refused, picture("/good.png")});
  ASSERT_EQ(report.files.size(), 1U);
  EXPECT_EQ(contentOf(report.files[0].file), pngBytes(1));
  EXPECT_NE(reasonFor(report, "page.png").find("no picture"), std::string::npos);
  EXPECT_NE(reasonFor(report, "page.png").find("text/html"), std::string::npos);
  EXPECT_NE(reasonFor(report, "empty.png").find("empty"), std::string::npos);
  EXPECT_NE(reasonFor(report, "huge.png").find("256 MB"), std::string::npos);
  EXPECT_NE(reasonFor(report, "none.png").find("404"), std::string::npos);
  EXPECT_NE(reasonFor(report, "error.png").find("500"), std::string::npos);
  EXPECT_NE(reasonFor(report, "cut.bmp").find("broke"), std::string::npos);
  EXPECT_EQ(reasonFor(report, "refused.svg"), "it is a drawing");
  EXPECT_EQ(filesIn("fetch").size(), 2U);  // nothing is left of the others
}

TEST_F(WebFetchTest, AHostThatIsGoneIsNotAskedAHundredTimes) {
  std::vector<WebPicture> pictures;
  for (int i = 0; i < 100; ++i) {
    pictures.push_back(picture("/x.png"));
    pictures.back().url = "http://127.0.0.1:1/" + std::to_string(i) + ".png";
  }
  const auto before = m_now.load();
  const WebFetchReport report = fetch(pictures);
  EXPECT_EQ(report.skipped.size(), 100U);
  EXPECT_NE(report.skipped.back().reason.find("could not be reached"), std::string::npos);
  EXPECT_LT(m_now.load() - before, 5000);
}

TEST_F(WebFetchTest, ACancelIsQuickAndKeepsTheHalf) {
  Served slow = png(largePng(400'000));
  slow.headers = {{"ETag", "\"slow\""}};
  slow.pauseMilliseconds = 20;
  m_server.put("/slow.png", slow);
  std::stop_source stop;
  JobMonitor monitor(stop.get_token(), {});
  Clock::time_point asked;
  std::jthread user([&] {
    while (m_server.log("/slow.png").empty()) std::this_thread::sleep_for(milliseconds(5));
    std::this_thread::sleep_for(milliseconds(400));
    asked = Clock::now();
    stop.request_stop();
  });
  EXPECT_THROW(m_reader.fetch({picture("/slow.png")}, m_folder / "fetch", monitor), Cancelled);
  const auto took = Clock::now() - asked;
  user.join();
  EXPECT_LT(took, milliseconds(500));  // 0.2 s, and room for a busy machine
  const auto half = std::filesystem::file_size(m_folder / "fetch/.hero.png.part");
  EXPECT_GT(half, 1000U);
  slow.pauseMilliseconds = 0;
  m_server.put("/slow.png", slow);
  const WebFetchReport report = fetch({picture("/slow.png")});
  ASSERT_EQ(report.files.size(), 1U);
  EXPECT_EQ(contentOf(report.files[0].file), slow.body);
  EXPECT_EQ(report.bytes, static_cast<std::int64_t>(slow.body.size() - half));
  EXPECT_EQ(m_server.log("/slow.png").back().headers.at("range"), "bytes=" + std::to_string(half) + "-");
}

TEST_F(WebFetchTest, ACancelIsQuickWhileAServerIsSilentAndWhileWaitingForItsTurn) {
  Served silent = png(pngBytes(1));
  silent.waitMilliseconds = 20'000;
  m_server.put("/silent.png", silent);
  m_server.put("/robots.txt", Served{.type = "text/plain", .body = "User-agent: *\nCrawl-delay: 30\n"});
  WebSettings patient = settings();
  patient.times.slowSeconds = 20;
  const auto timeCancel = [&](const WebSettings& used, const char* path, int afterMilliseconds) {
    std::stop_source stop;
    JobMonitor monitor(stop.get_token(), {});
    Clock::time_point asked;
    std::jthread user([&] {
      std::this_thread::sleep_for(milliseconds(afterMilliseconds));
      asked = Clock::now();
      stop.request_stop();
    });
    WebReader reader(used);
    EXPECT_THROW(reader.fetch({picture(path)}, m_folder / "fetch", monitor), Cancelled);
    const auto took = Clock::now() - asked;
    user.join();
    return took;
  };
  EXPECT_LT(timeCancel(patient, "/silent.png", 500), milliseconds(500));
  patient.clock = WebClock::real();
  EXPECT_LT(timeCancel(patient, "/other.png", 500), milliseconds(500));  // in the 30 s after robots.txt
  EXPECT_TRUE(m_server.log("/other.png").empty());
}

TEST_F(WebFetchTest, AForeignManifestCannotNameFilesElsewhere) {
  m_server.put("/x.png", png(pngBytes(1)));
  nlohmann::json manifest;
  manifest["files"][m_server.url("/x.png")] = {{"file", "../../outside.png"}, {"bytes", 3}, {"done", true}};
  manifest["files"]["http://a.org/y.png"] = {{"file", 7}};
  manifest["files"]["http://a.org/z.png"] = nullptr;
  putFile(m_folder / "fetch/.web-fetch.json", manifest.dump());
  const WebFetchReport report = fetch({picture("/x.png")});
  ASSERT_EQ(report.files.size(), 1U);
  EXPECT_EQ(report.files[0].file, m_folder / "fetch/hero.png");
  putFile(m_folder / "fetch/.web-fetch.json", "{ damaged");
  const WebFetchReport again = fetch({picture("/x.png")});
  ASSERT_EQ(again.files.size(), 1U);
  EXPECT_EQ(again.files[0].file, m_folder / "fetch/hero-2.png");  // never over a file it knows nothing of
}

TEST_F(WebFetchTest, AFolderThatCannotBeWrittenStopsTheFetch) {
  putFile(m_folder / "fetch", "a file");
  EXPECT_THROW(fetch({picture("/x.png")}), Error);
  EXPECT_TRUE(m_server.log().empty());
}

TEST_F(WebFetchTest, AProjectHasOnePlaceForEachPage) {
  const Project project = Project::create(m_folder / "p.loom");
  const auto folder = webFolder(project, "https://a.org/page");
  EXPECT_EQ(folder.parent_path(), project.folder() / "web-fetch");
  EXPECT_TRUE(folder.filename().string().starts_with("a.org-"));
  EXPECT_EQ(folder, webFolder(project, "https://A.org/page#top"));
  EXPECT_NE(folder, webFolder(project, "https://a.org/other"));
}

TEST_F(WebFetchTest, ProgressCountsPictures) {
  for (const char* path : {"/1.png", "/2.png"}) m_server.put(path, png(pngBytes(1)));
  std::vector<Progress> reports;
  JobMonitor monitor({}, [&](const Progress& progress) { reports.push_back(progress); });
  m_reader.fetch({picture("/1.png", "1.png"), picture("/2.png", "2.png")}, m_folder / "fetch", monitor);
  ASSERT_FALSE(reports.empty());
  EXPECT_EQ(reports.front().stage, "Fetching pictures");
  EXPECT_EQ(reports.back().done, 2);
  EXPECT_EQ(reports.back().total, 2);
}

}  // namespace
}  // namespace loom
