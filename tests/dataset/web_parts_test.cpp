// Addresses, robots.txt, networks and picture heads: the parts of the web reader that need no server.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <random>

#include "core/dataset/web_data_url.h"
#include "core/dataset/web_manifest.h"
#include "core/dataset/web_network.h"
#include "core/dataset/web_picture_ending.h"
#include "core/dataset/web_robots.h"
#include "core/dataset/web_url.h"
#include "core/image/codec.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/made_files.h"

namespace loom {
namespace {

using std::chrono::milliseconds;

TEST(WebAddress, OnlyHttpAndHttpsWithoutCredentialsCount) {
  EXPECT_TRUE(looksLikeWebAddress("http://a.org"));
  EXPECT_TRUE(looksLikeWebAddress("HTTPS://a.org/x"));
  for (const char* other : {"", "http:/a", "ftp://a.org", "/home/a", "C:\\http://", "httpx://a", "data:image/png,"}) {
    EXPECT_FALSE(looksLikeWebAddress(other)) << other;
  }
  for (const char* bad : {"ftp://a.org", "file:///etc/passwd", "http://", "http://user@a.org/", "http://u:p@a.org/",
                          "http://a.org:99999/", "gopher://a.org", "http://[::1", "x"}) {
    EXPECT_FALSE(parseWebAddress(bad)) << bad;
  }
  EXPECT_FALSE(parseWebAddress("http://a.org/" + std::string(9000, 'a')));
}

TEST(WebAddress, ItsPartsAreAsTheyGoOverTheWire) {
  const auto address = parseWebAddress("  HTTP://Sprites.Example.ORG/Heroes/a b.png?x=1&y=ü#top\n");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->host, "sprites.example.org");
  EXPECT_EQ(address->origin, "http://sprites.example.org:80");
  EXPECT_EQ(address->path, "/Heroes/a%20b.png?x=1&y=%c3%bc");
  EXPECT_EQ(address->url.find('#'), std::string::npos);
  EXPECT_EQ(parseWebAddress("https://[::1]:8443/")->host, "::1");
  EXPECT_EQ(parseWebAddress("https://[::1]:8443/")->origin, "https://[::1]:8443");
  EXPECT_EQ(parseWebAddress("https://a.org")->path, "/");
}

TEST(WebAddress, ReferencesResolveAsInABrowser) {
  const std::string base = "http://a.org/set/page.html?q=1";
  const std::vector<std::pair<std::string, std::string>> table = {
      {"hero.png", "http://a.org/set/hero.png"},
      {" ./b/../hero.png ", "http://a.org/set/hero.png"},
      {"/x.png", "http://a.org/x.png"},
      {"//cdn.org/x.png", "http://cdn.org/x.png"},
      {"https://b.org/x.png#part", "https://b.org/x.png"},
      {"../up.png?v=2", "http://a.org/up.png?v=2"},
      {"img\\old style.png", "http://a.org/set/img/old%20style.png"},
      {"br\noken.png", "http://a.org/set/broken.png"},
      {"", "http://a.org/set/page.html?q=1"},
  };
  for (const auto& [reference, wanted] : table) EXPECT_EQ(resolveWebAddress(base, reference), wanted) << reference;
  for (const char* bad :
       {"javascript:void(0)", "mailto:a@b.org", "file:///etc/passwd", "ftp://a.org/x.png", "data:image/png;base64,AAAA",
        "http://u:p@a.org/x.png", "JavaScript:x", "blob:http://a.org/1"}) {
    EXPECT_EQ(resolveWebAddress(base, bad), std::nullopt) << bad;
  }
}

TEST(WebAddress, FileNamesAreSafe) {
  EXPECT_EQ(fileNameOf(*parseWebAddress("http://a.org/x/my%20hero.png?size=2")), "my hero.png");
  EXPECT_EQ(fileNameOf(*parseWebAddress("http://a.org/x/..%2f..%2fetc%2fpasswd")), "_.._etc_passwd");
  EXPECT_EQ(fileNameOf(*parseWebAddress("http://a.org/")), "picture");
  EXPECT_EQ(webSafeName("...hidden.png"), "hidden.png");
  EXPECT_EQ(webSafeName(".."), "picture");
  EXPECT_EQ(webSafeName(std::string("a\0b\x01.png", 8)), "a_b_.png");
  EXPECT_EQ(webSafeName("\xFF\xFE.png"), "\xEF\xBF\xBD\xEF\xBF\xBD.png");
  const std::string cut = webSafeName(std::string(118, 'a') + "ääää.png");
  EXPECT_LE(cut.size(), 120U);
  EXPECT_TRUE(cut.ends_with("a.png")) << cut;  // the ending stays, and no letter is torn
  const std::string dotted = webSafeName(std::string(119, 'a') + ". and still more");
  EXPECT_EQ(dotted, std::string(119, 'a'));  // some systems drop a dot or space at the end
  EXPECT_EQ(webSafeName(dotted), dotted);
  UniqueFileNames names;
  EXPECT_EQ(names.give("hero.png"), "hero.png");
  EXPECT_EQ(names.give("Hero.png"), "Hero-2.png");
  EXPECT_EQ(names.give("front/hero.png"), "front/hero.png");
  EXPECT_EQ(names.give("front/hero.png"), "front/hero-2.png");
}

TEST(WebAddress, ThousandsOfFilesOfOneNameTakeNoLongTime) {
  UniqueFileNames names;
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 1; i < 20'000; ++i) names.give("image.png");
  EXPECT_EQ(names.give("Image.png"), "Image-20000.png");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(WebManifest, LongNamesThatAreNumberedAreFoundAgain) {
  const TempFolder folder;
  const std::string wish = webSafeName(std::string(200, 'a') + ".png");
  WebManifest manifest(folder.path());
  std::vector<std::string> files;
  for (const std::string url : {"http://a.org/1", "http://a.org/2"}) files.push_back(manifest.entry(url, wish).file);
  EXPECT_EQ(files[0], wish);
  EXPECT_NE(files[1], wish);
  manifest.save();
  WebManifest again(folder.path());
  EXPECT_EQ(again.entry("http://a.org/1", "other.png").file, files[0]);
  EXPECT_EQ(again.entry("http://a.org/2", "other.png").file, files[1]);
}

struct RobotsCase {
  const char* text;
  const char* path;
  bool allowed;
};

TEST(Robots, FollowTheRfc) {
  const std::vector<RobotsCase> table = {
      {"", "/x", true},
      {"User-agent: *\nDisallow: /\n", "/x", false},
      {"User-agent: *\nDisallow: /\n", "/robots.txt", true},
      {"User-agent: *\nDisallow:\n", "/x", true},
      {"User-agent: *\nDisallow: /priv\n", "/private/x", false},
      {"User-agent: *\nDisallow: /priv\n", "/pub", true},
      {"User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c", true},  // the longest decides
      {"User-agent: *\nAllow: /a/b\nDisallow: /a\n", "/a/c", false},   // not the first
      {"User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", true},        // Allow where they are as long
      {"User-agent: *\nDisallow: /\n\nUser-agent: spriteloom\nDisallow: /no\n", "/x", true},
      {"User-agent: SpriteLoom/0.1\nDisallow: /\n", "/x", false},  // product token, any case, version cut off
      {"User-agent: spriteloombot\nDisallow: /\n", "/x", true},    // another token
      {"User-agent: a\nUser-agent: spriteloom\nDisallow: /\n", "/x", false},
      {"User-agent: spriteloom\nDisallow: /a\nUser-agent: x\nDisallow: /c\nUser-agent: spriteloom\nDisallow: /b", "/b",
       false},  // groups of one token are joined
      {"User-agent: spriteloom\nDisallow: /a\nUser-agent: x\nDisallow: /c", "/c", true},
      {"User-agent: *\nDisallow: /*.gif$\n", "/a/b.gif", false},
      {"User-agent: *\nDisallow: /*.gif$\n", "/a/b.gif?x", true},
      {"User-agent: *\nDisallow: /*/b*/c\n", "/a/bbb/d/c", false},
      {"User-agent: *\nDisallow: /a*b$\n", "/axbxb", false},
      {"User-agent: *\nDisallow: /a*b$\n", "/axbxc", true},
      {"User-agent: *\nDisallow: /x?y=1\n", "/x?y=1&z", false},
      {"User-agent: *\nDisallow: /ü\n", "/%c3%bc", false},  // one spelling for what means the same
      {"User-agent: *\nDisallow: /%7Ea\n", "/~a", false},
      {"user-AGENT : * # all\r\n disallow :/x # here\r\n", "/x", false},
      {"\xEF\xBB\xBFUser-agent: *\rDisallow: /x\r", "/x", false},
      {"Disallow: /x\n", "/x", true},  // belongs to no group
      {"User-agent: *\nSitemap: http://a/\nUnknown: z\nDisallow: /x", "/x", false},
      {"<html><body>User-agent things: no</body></html>", "/x", true},
  };
  for (const RobotsCase& entry : table) {
    EXPECT_EQ(RobotsRules(entry.text, "spriteloom").allows(entry.path), entry.allowed) << entry.text << entry.path;
  }
}

TEST(Robots, CrawlDelayIsKeptWithinReason) {
  const auto delay = [](const std::string& value) {
    return RobotsRules("User-agent: *\nCrawl-delay: " + value + "\n", "spriteloom").crawlDelay();
  };
  EXPECT_EQ(delay("2.5"), milliseconds(2500));
  EXPECT_EQ(delay("86400"), milliseconds(30000));
  EXPECT_EQ(delay("-3"), milliseconds(0));
  EXPECT_EQ(delay("nan"), milliseconds(0));
  EXPECT_EQ(delay("x"), milliseconds(0));
}

TEST(Robots, WhatLiesBeyondTheLimitDoesNotCount) {
  const std::string filler(500 << 10, '#');
  EXPECT_TRUE(RobotsRules(filler + "\nUser-agent: *\nDisallow: /\n", "spriteloom").allows("/x"));
  EXPECT_FALSE(RobotsRules(filler.substr(100) + "\nUser-agent: *\nDisallow: /\n", "spriteloom").allows("/x"));
}

TEST(Network, TellsPublicAddressesFromPrivateOnes) {
  for (const char* local : {"127.0.0.1",
                            "127.9.9.9",
                            "10.1.2.3",
                            "172.16.0.1",
                            "172.31.255.255",
                            "192.168.1.1",
                            "169.254.169.254",
                            "100.64.0.1",
                            "0.0.0.0",
                            "224.0.0.1",
                            "255.255.255.255",
                            "192.0.2.5",
                            "::",
                            "::1",
                            "fc00::1",
                            "fd12::1",
                            "fe80::1",
                            "fe80::1%eth0",
                            "ff02::1",
                            "::ffff:127.0.0.1",
                            "::ffff:10.0.0.1",
                            "64:ff9b::7f00:1",
                            "2002:7f00:1::",
                            "2001:db8::1",
                            "::127.0.0.1",
                            "",
                            "a.org"}) {
    EXPECT_FALSE(isPublicNetwork(std::string(local))) << local;
  }
  for (const char* open : {"8.8.8.8", "172.15.0.1", "172.32.0.1", "11.0.0.1", "192.167.255.255", "2a00:1450:4001::1",
                           "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"}) {
    EXPECT_TRUE(isPublicNetwork(std::string(open))) << open;
  }
  for (const char* name : {"localhost", "a.localhost", "printer.local", "127.0.0.1", "::1", "localhost."}) {
    EXPECT_TRUE(isLocalHostName(name)) << name;
  }
  for (const char* name : {"a.org", "localhost.org", "8.8.8.8"}) EXPECT_FALSE(isLocalHostName(name)) << name;
}

TEST(Network, TheProxyIsTheEnvironmentsButNeverForThisMachine) {
  ::setenv("https_proxy", "http://proxy:3128", 1);
  ::setenv("no_proxy", "inner.org, .other.org", 1);
  EXPECT_EQ(proxyFor("https", "a.org"), "http://proxy:3128");
  EXPECT_EQ(proxyFor("https", "inner.org"), "");
  EXPECT_EQ(proxyFor("https", "x.inner.org"), "");
  EXPECT_EQ(proxyFor("https", "x.other.org"), "");
  EXPECT_EQ(proxyFor("https", "xinner.org"), "http://proxy:3128");
  EXPECT_EQ(proxyFor("https", "127.0.0.1"), "");
  EXPECT_EQ(proxyFor("https", "localhost"), "");
  ::setenv("no_proxy", "*", 1);
  EXPECT_EQ(proxyFor("https", "a.org"), "");
  ::unsetenv("https_proxy");
}

std::span<const std::byte> bytesOf(const std::string& text) {
  return std::as_bytes(std::span(text));
}

TEST(PictureEnding, FollowsTheContent) {
  const std::string riff = std::string("RIFF\0\0\0\0WEBP", 12);
  EXPECT_EQ(pictureEnding(bytesOf(pngBytes(1))), ".png");
  EXPECT_EQ(pictureEnding(bytesOf("GIF89a")), ".gif");
  EXPECT_EQ(pictureEnding(bytesOf("BM" + std::string(52, '\0'))), ".bmp");
  EXPECT_EQ(pictureEnding(bytesOf("\xFF\xD8\xFF\xE1")), ".jpg");
  EXPECT_EQ(pictureEnding(bytesOf(riff)), ".webp");
  EXPECT_EQ(pictureEnding(bytesOf("<html>")), "");
}

TEST(DataAddress, IsDecoded) {
  const auto text = [](std::string_view url) {
    const std::vector<std::byte> bytes = dataOf(url);
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  };
  EXPECT_EQ(text("data:image/png;base64,aGVs\nbG8="), "hello");
  EXPECT_EQ(text("data:image/png;base64,aGVsbG8%3D"), "hello");
  EXPECT_EQ(text("data:image/png,a%20b"), "a b");
  EXPECT_EQ(text("data:image/png;base64,a*b"), "");
  EXPECT_EQ(text("data:image/png"), "");
  EXPECT_EQ(text("data:text/html,x"), "");
}

TEST(WebParts, SurviveAnyBytes) {
  constexpr unsigned kSeed = 21;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  const std::string alphabet = "ab/:?#%@[].*$\n\r \\\xC3\xBC-0User-agent:Disallow:Allow:http://";
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto n = random() % 60; n > 0; --n)
      text += random() % 8 == 0 ? static_cast<char>(random()) : alphabet[random() % alphabet.size()];
    const auto url = resolveWebAddress("http://a.org/x/y", text);
    EXPECT_TRUE(!url || parseWebAddress(*url)) << text;
    const std::string name = webSafeName(text);
    EXPECT_TRUE(!name.empty() && name.front() != '.' && name.find('/') == std::string::npos && name.size() <= 120)
        << text;
    EXPECT_EQ(webSafeName(name), name) << text;
    RobotsRules("User-agent: *\nDisallow: " + text, "spriteloom").allows("/" + text);
    dataOf("data:image/png;base64," + text);
  }
}

}  // namespace
}  // namespace loom
