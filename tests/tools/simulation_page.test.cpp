// The page of `batchproof simulate --html`: its contents, and its rendering in a browser.

#include <gmock/gmock.h>

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "run_tool.hpp"

namespace batchproof::tools {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

class SimulationPage : public ::testing::Test {
 protected:
  void SetUp() override {
    const ToolRun run = simulate({});
    if (run.status == 2 && run.error.find("libjs-chart.js") != std::string::npos)
      GTEST_SKIP() << "the tool was built without Chart.js";
    ASSERT_EQ(run.status, 0) << run.error;
    EXPECT_THAT(run.out, EndsWith("Page: " + path_ + "\n"));
  }

  void TearDown() override { std::filesystem::remove(path_); }

  ToolRun simulate(const std::vector<std::string>& more, const std::string& messages = "200") const {
    std::vector<std::string> arguments{"simulate", "--poison", "3",      "--messages", messages,
                                       "--seed",   "7",        "--html", path_};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_tool(arguments);
  }

  std::string page() const { return read_file(path_); }

  json data() const {
    const std::string begin = "<script id=\"data\" type=\"application/json\">";
    const std::string text = page();
    const std::size_t at = text.find(begin) + begin.size();
    return json::parse(text.substr(at, text.find("</script>", at) - at));
  }

  std::string path_ = scratch_path("page.html");
};

TEST_F(SimulationPage, LoadsNothingFromElsewhere) {
  EXPECT_THAT(page(),
              AllOf(Not(ContainsRegex("<[a-z]+[^>]* (src|href|action|data)=")), Not(HasSubstr("@import")),
                    Not(ContainsRegex("url\\(")), HasSubstr("default-src 'none'; style-src")));
}

TEST_F(SimulationPage, KeepsTheLicenceOfTheChartingLibrary) {
  EXPECT_THAT(page(), AllOf(HasSubstr("* Chart.js v"), HasSubstr("Permission is hereby granted")));
}

TEST_F(SimulationPage, HoldsTheFiguresAndEveryLife) {
  const json facts = data();
  EXPECT_EQ(facts.at("report").at("passed"), true);
  const json figures = facts.at("report").at("runs").at(0).at("figures");
  std::size_t delivered = 0;
  std::size_t dead_lettered = 0;
  const json& lives = facts.at("history").at("lives").at("messages");
  ASSERT_EQ(lives.size(), 200U);
  for (const json& life : lives) {
    delivered += life.at("deliveries").size();
    if (life.at("disposition") == "dead_lettered") ++dead_lettered;
    EXPECT_EQ(life.at("deliveries").size(), life.at("times_delivered")) << life;
    EXPECT_GE(life.at("deliveries").at(0).at(0), life.at("sent")) << life;
  }
  EXPECT_EQ(delivered, figures.at("delivered"));
  EXPECT_EQ(dead_lettered, figures.at("dead_lettered"));
  EXPECT_GE(dead_lettered, 3U);
}

TEST_F(SimulationPage, CountsEachMessageOnceAtEveryTime) {
  const json curves = data().at("history").at("curves");
  const std::size_t points = curves.at("at").size();
  ASSERT_GT(points, 10U);
  for (std::size_t point = 0; point < points; ++point) {
    int sum = 0;
    for (const char* const curve : {"waiting", "in_flight", "done", "dead_lettered", "expired"}) {
      EXPECT_GE(curves.at(curve).at(point), 0) << curve << " " << point;
      sum += curves.at(curve).at(point).get<int>();
    }
    EXPECT_LE(sum, 200) << point;
    EXPECT_TRUE(sum == 200 || point + 1 < points) << sum;
  }
  EXPECT_EQ(curves.at("done").back(), 197);
  EXPECT_EQ(curves.at("waiting").back(), 0);
}

TEST_F(SimulationPage, IsKeptSmallInALargeWorld) {
  ASSERT_EQ(simulate({}, "30000").status, 0);
  EXPECT_LT(page().size(), 4'000'000U);
  const json history = data().at("history");
  EXPECT_EQ(history.at("lives").at("of"), 30'000);
  EXPECT_LE(history.at("lives").at("messages").size(), 10'000U);
  EXPECT_EQ(history.at("curves").at("all_changes"), false);
  EXPECT_LE(history.at("curves").at("at").size(), 1'000U);
  int poison = 0;
  for (const json& life : history.at("lives").at("messages")) poison += life.at("is_poison") ? 1 : 0;
  EXPECT_EQ(poison, 3);
}

TEST_F(SimulationPage, NamesEachSourceAsTheCatalogueDoes) {
  EXPECT_EQ(data().at("source"), "an SQS standard queue");
  EXPECT_EQ(simulate({"--source", "kafka"}).status, 0);
  EXPECT_EQ(data().at("source"), "a Kafka topic");
  EXPECT_EQ(simulate({"--source", "dynamodb_window"}).status, 0);
  EXPECT_EQ(data().at("source"), "a DynamoDB stream with tumbling windows");
}

TEST_F(SimulationPage, ShowsTheLawThatIsViolated) {
  EXPECT_EQ(simulate({"--no-reporting", "--compare"}).status, 1);
  const json report = data().at("report");
  EXPECT_EQ(report.at("runs").size(), 3U);
  EXPECT_EQ(report.at("runs").at(0).at("broken_law"), "nothing-vanishes");
}

TEST_F(SimulationPage, HoldsTheNotes) {
  EXPECT_EQ(data().at("report").at("notes"), json::array());
  const ToolRun run = simulate({"--source", "kinesis"});
  const json notes = data().at("report").at("notes");
  ASSERT_EQ(notes.size(), 1U) << run.error;
  EXPECT_EQ(in_one_line(run.error), "note: " + notes.at(0).get<std::string>() + " ");
}

TEST_F(SimulationPage, ThatCannotBeWrittenIsToldBeforeTheWork) {
  const ToolRun run = run_tool({"simulate", "--html", path_ + "/no/folder.html"});
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.error, HasSubstr("cannot be written"));
}

#ifdef BATCHPROOF_CHROMIUM

/// The page after its scripts have run.
std::string loaded_in_browser(const std::string& path) {
  const std::string profile = scratch_path("chromium");
  const std::string command = std::string(BATCHPROOF_CHROMIUM) +
                              " --headless --no-sandbox --disable-gpu --virtual-time-budget=1000"
                              " --user-data-dir='" +
                              profile + "' --dump-dom 'file://" + path + "' 2>/dev/null";
  std::string document;
  std::FILE* const browser = popen(command.c_str(), "r");
  if (browser == nullptr) return document;
  char piece[4096];
  while (const std::size_t length = std::fread(piece, 1, sizeof piece, browser))
    document.append(piece, length);
  pclose(browser);
  std::filesystem::remove_all(profile);
  return document;
}

constexpr std::string_view note_errors = R"(<script>
const errors = [];
addEventListener("error", (event) => errors.push(event.message));
addEventListener("securitypolicyviolation", (event) => errors.push(event.violatedDirective));
</script>)";

// Searches a message as a reader does, and returns the page's state.
constexpr std::string_view look_around = R"(<script>
addEventListener("load", () => setTimeout(() => {
  const isDrawn = (id) => {
    const canvas = document.getElementById(id);
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    return Chart.getChart(canvas) !== undefined && pixels.some((value) => value !== 0);
  };
  const find = document.getElementById("find");
  const shownFirst = document.getElementById("life-name").textContent;
  const ids = [...document.querySelectorAll("#messages code")].map((code) => code.textContent);
  const wanted = ids.filter((id) => id !== shownFirst)[41];
  find.value = wanted;
  find.dispatchEvent(new Event("input"));
  const found = document.getElementById("life-name").textContent;
  document.getElementById("kind").selectedIndex = 2;
  find.value = "";
  document.getElementById("kind").dispatchEvent(new Event("change"));
  document.querySelector("#messages button").click();
  document.getElementById("even-time").click();
  const facts = {
    errors,
    drawn: ["over-time", "amplification", "life-chart"].filter(isDrawn),
    found,
    wanted,
    clicked: document.getElementById("life-sentence").textContent,
    listed: document.querySelectorAll("#messages button").length,
    deliveries: document.querySelectorAll("#life-table tbody tr").length,
    headline: document.getElementById("headline").textContent,
  };
  const told = document.createElement("pre");
  told.id = "told";
  told.textContent = "told:" + JSON.stringify(facts) + ":told";
  document.body.append(told);
}));
</script>)";

#endif

TEST_F(SimulationPage, IsDrawnByABrowserAndLooksAMessageUp) {
#ifndef BATCHPROOF_CHROMIUM
  GTEST_SKIP() << "there is no Chromium";
#else
  std::string text = page();
  text.insert(text.find("<title>"), note_errors);
  text.insert(text.rfind("</body>"), look_around);
  const std::string path = write_file("looked_at.html", text);
  const std::string document = loaded_in_browser(path);
  std::filesystem::remove(path);
  const std::string mark = "told:";
  const std::size_t begin = document.rfind(">" + mark);
  ASSERT_NE(begin, std::string::npos) << document.size() << " bytes of a page";
  const std::size_t from = begin + 1 + mark.size();
  const json told = json::parse(document.substr(from, document.find(":told", from) - from));
  EXPECT_EQ(told.at("errors"), json::array());
  EXPECT_EQ(told.at("drawn"), json({"over-time", "amplification", "life-chart"}));
  EXPECT_EQ(told.at("found"), told.at("wanted"));
  EXPECT_THAT(told.at("clicked"), HasSubstr("dead-lettered at "));
  EXPECT_EQ(told.at("listed"), 3);
  EXPECT_EQ(told.at("deliveries"), 5);
  EXPECT_EQ(told.at("headline"), "Every law held");
#endif
}

}  // namespace
}  // namespace batchproof::tools
