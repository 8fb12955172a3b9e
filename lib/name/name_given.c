/* SPDX-License-Identifier: MIT */
#include "name/name_given.h"

#include <string.h>

struct given {
    const char *name;
    uint16_t group; /* forms of one name share it */
};

/* Ascending by name, as plain keys write them. */
static const struct given GIVEN[] = {
    {"abdallah", 96}, {"abdelrahman", 97}, {"abderrahman", 97}, {"abdulla", 96}, {"abdullah", 96},
    {"abdulrahman", 97}, {"abdurrahman", 97}, {"abraham", 80}, {"adalbert", 137}, {"ahmad", 72},
    {"ahmed", 72}, {"ahmet", 72}, {"aicha", 93}, {"aisha", 93}, {"albert", 137}, {"alberto", 137},
    {"alec", 0}, {"aleh", 65}, {"alejandro", 0}, {"aleksander", 0}, {"aleksandr", 0},
    {"aleksei", 58}, {"aleksey", 58}, {"alena", 61}, {"alessandro", 0}, {"alex", 0},
    {"alexander", 0}, {"alexandr", 0}, {"alexandre", 0}, {"alexei", 58}, {"alexey", 58},
    {"alfred", 138}, {"alfredo", 138}, {"ali", 77}, {"aliaksandr", 0}, {"aliaksei", 58},
    {"alistair", 0}, {"alyaksandr", 0}, {"alyaksei", 58}, {"ameer", 100}, {"amir", 100},
    {"anastasia", 59}, {"anastasiia", 59}, {"anastasiya", 59}, {"andre", 1}, {"andreas", 1},
    {"andrei", 1}, {"andrej", 1}, {"andres", 1}, {"andrew", 1}, {"andrey", 1}, {"andriy", 1},
    {"andrzej", 1}, {"andy", 1}, {"ann", 60}, {"anna", 60}, {"anne", 60}, {"annie", 60},
    {"anthony", 2}, {"antoine", 2}, {"anton", 2}, {"antonio", 2}, {"antony", 2}, {"anwar", 99},
    {"anwer", 99}, {"arkadiy", 69}, {"arkady", 69}, {"arkadz", 69}, {"artem", 125},
    {"artemy", 125}, {"arthur", 136}, {"artsiom", 125}, {"artur", 136}, {"arturo", 136},
    {"artyom", 125}, {"avraham", 80}, {"ayesha", 93}, {"barb", 150}, {"barbara", 150},
    {"barys", 67}, {"basheer", 107}, {"bashir", 107}, {"basil", 63}, {"becky", 157}, {"ben", 3},
    {"benjamin", 3}, {"benny", 3}, {"bert", 42}, {"beshir", 107}, {"beth", 10}, {"betty", 10},
    {"bilal", 108}, {"bill", 56}, {"billy", 56}, {"binyamin", 3}, {"bob", 42}, {"bobby", 42},
    {"boris", 67}, {"borys", 67}, {"carl", 4}, {"carlo", 4}, {"carlos", 4}, {"caterina", 24},
    {"catherine", 24}, {"cathy", 24}, {"cemal", 98}, {"charles", 4}, {"charlie", 4}, {"chris", 5},
    {"christopher", 5}, {"chuck", 4}, {"constantin", 26}, {"cyril", 68}, {"dan", 6}, {"daniel", 6},
    {"daniil", 6}, {"danny", 6}, {"danylo", 6}, {"daoud", 7}, {"dave", 7}, {"david", 7},
    {"davide", 7}, {"davyd", 7}, {"dawid", 7}, {"dawood", 7}, {"deb", 151}, {"debbie", 151},
    {"deborah", 151}, {"debra", 151}, {"dick", 41}, {"diego", 118}, {"dima", 8}, {"dimitri", 8},
    {"djamal", 98}, {"dmitri", 8}, {"dmitriy", 8}, {"dmitry", 8}, {"dmytro", 8}, {"don", 143},
    {"donald", 143}, {"donnie", 143}, {"dorothea", 160}, {"dorothy", 160}, {"dot", 160},
    {"dzmitry", 8}, {"ebrahim", 80}, {"eddie", 9}, {"edouard", 9}, {"eduard", 9}, {"eduardo", 9},
    {"edvard", 9}, {"edward", 9}, {"ekaterina", 24}, {"elena", 61}, {"elisabeth", 10},
    {"elisabetta", 10}, {"eliza", 10}, {"elizabeth", 10}, {"elizaveta", 10}, {"emanuel", 113},
    {"emmanuel", 113}, {"enrico", 16}, {"enrique", 16}, {"eric", 134}, {"erich", 134},
    {"erik", 134}, {"ernest", 139}, {"ernesto", 139}, {"ernst", 139}, {"esmail", 81},
    {"esteban", 46}, {"eugene", 11}, {"evgeni", 11}, {"evgeniy", 11}, {"evgeny", 11},
    {"faisal", 110}, {"fatemeh", 92}, {"fatima", 92}, {"fatimah", 92}, {"fatma", 92},
    {"faysal", 110}, {"federico", 13}, {"fedor", 49}, {"feisal", 110}, {"felipe", 39},
    {"ferdinand", 114}, {"fernando", 114}, {"filip", 39}, {"francesco", 12}, {"francis", 12},
    {"francisco", 12}, {"franciszek", 12}, {"francois", 12}, {"frank", 12}, {"fred", 13},
    {"freddie", 13}, {"frederic", 13}, {"frederick", 13}, {"friedrich", 13}, {"fyodor", 49},
    {"gabriel", 117}, {"gabriele", 117}, {"gamal", 98}, {"ganna", 60}, {"gavriil", 117},
    {"gene", 11}, {"geoff", 145}, {"geoffrey", 145}, {"george", 14}, {"georges", 14},
    {"georgi", 14}, {"georgiy", 14}, {"georgy", 14}, {"gerald", 144}, {"gerry", 144},
    {"giorgi", 14}, {"giorgio", 14}, {"giulio", 140}, {"giuseppe", 22}, {"greg", 15},
    {"gregorio", 15}, {"gregory", 15}, {"grigori", 15}, {"grigory", 15}, {"guillaume", 56},
    {"guillermo", 56}, {"habeeb", 101}, {"habib", 101}, {"hadija", 94}, {"hameed", 74},
    {"hamid", 74}, {"hamza", 89}, {"hamzah", 89}, {"hank", 16}, {"hanna", 60}, {"hannah", 60},
    {"hans", 20}, {"harry", 16}, {"hasan", 75}, {"hassan", 75}, {"heinrich", 16}, {"helen", 61},
    {"helena", 61}, {"helene", 61}, {"henri", 16}, {"henry", 16}, {"heorhiy", 14},
    {"hernando", 114}, {"hossein", 76}, {"hryhoriy", 15}, {"husain", 76}, {"husayn", 76},
    {"hussain", 76}, {"hussein", 76}, {"husseyn", 76}, {"ibrahim", 80}, {"igor", 66}, {"ihar", 66},
    {"ihor", 66}, {"iosif", 22}, {"iouri", 57}, {"irena", 62}, {"irene", 62}, {"irina", 62},
    {"iryna", 62}, {"isaac", 131}, {"ishaq", 131}, {"ishmael", 81}, {"iskander", 0},
    {"ismael", 81}, {"ismail", 81}, {"iuliia", 161}, {"iurii", 57}, {"ivan", 17}, {"iwan", 17},
    {"jack", 19}, {"jacob", 130}, {"jake", 130}, {"jakob", 130}, {"jakub", 130}, {"jamal", 98},
    {"james", 18}, {"jamie", 18}, {"jane", 164}, {"janet", 164}, {"jaroslav", 128},
    {"javier", 119}, {"jeff", 145}, {"jeffrey", 145}, {"jen", 152}, {"jennifer", 152},
    {"jenny", 152}, {"jerry", 144}, {"jess", 153}, {"jessica", 153}, {"jim", 18}, {"jimmy", 18},
    {"joan", 163}, {"joanna", 163}, {"joanne", 163}, {"joe", 22}, {"joey", 22}, {"johan", 20},
    {"johanna", 163}, {"johannes", 20}, {"john", 19}, {"johnny", 19}, {"jon", 21},
    {"jonathan", 21}, {"jorge", 14}, {"jose", 22}, {"josef", 22}, {"joseph", 22}, {"josh", 146},
    {"joshua", 146}, {"jozef", 22}, {"juan", 111}, {"judith", 154}, {"judy", 154}, {"jules", 140},
    {"julia", 161}, {"julie", 161}, {"julio", 140}, {"julius", 140}, {"kanstantsin", 26},
    {"kareem", 87}, {"karim", 87}, {"karl", 4}, {"kasim", 106}, {"kassem", 106}, {"katarzyna", 24},
    {"kate", 24}, {"katerina", 24}, {"kateryna", 24}, {"katharine", 24}, {"katherine", 24},
    {"kathryn", 24}, {"kathy", 24}, {"katie", 24}, {"katsiaryna", 24}, {"katya", 24}, {"ken", 25},
    {"kenneth", 25}, {"kenny", 25}, {"khadija", 94}, {"khadijah", 94}, {"khaled", 82},
    {"khalid", 82}, {"kirill", 68}, {"kiryl", 68}, {"kit", 5}, {"konstantin", 26},
    {"konstantinos", 26}, {"kostyantyn", 26}, {"kyrylo", 68}, {"larry", 27}, {"laurence", 27},
    {"laurent", 27}, {"lawrence", 27}, {"len", 28}, {"lena", 61}, {"leo", 142}, {"leon", 142},
    {"leonard", 28}, {"leonardo", 28}, {"lev", 142}, {"lewis", 112}, {"liam", 56},
    {"liudmila", 70}, {"liz", 10}, {"lizzie", 10}, {"lorenzo", 27}, {"louis", 112}, {"luca", 141},
    {"lucas", 141}, {"lucia", 165}, {"lucy", 165}, {"ludmila", 70}, {"ludwig", 112},
    {"luigi", 112}, {"luis", 112}, {"luiz", 112}, {"lukas", 141}, {"lukasz", 141}, {"luke", 141},
    {"luz", 165}, {"lyudmila", 70}, {"lyudmyla", 70}, {"maggie", 29}, {"mahmood", 73},
    {"mahmoud", 73}, {"mahmud", 73}, {"mahomed", 71}, {"majeed", 104}, {"majid", 104},
    {"maksim", 122}, {"maksym", 122}, {"manny", 113}, {"manolo", 113}, {"mansoor", 103},
    {"mansour", 103}, {"mansur", 103}, {"manuel", 113}, {"marc", 120}, {"marcin", 121},
    {"marco", 120}, {"marcos", 120}, {"marcus", 120}, {"marek", 120}, {"margaret", 29},
    {"margareta", 29}, {"margarita", 29}, {"marguerite", 29}, {"marharyta", 29}, {"maria", 30},
    {"mariam", 30}, {"marie", 30}, {"mariya", 30}, {"mark", 120}, {"marko", 120}, {"markus", 120},
    {"martin", 121}, {"marwan", 109}, {"mary", 30}, {"marya", 30}, {"maryam", 30}, {"masha", 30},
    {"mateo", 32}, {"mateusz", 32}, {"matt", 32}, {"matteo", 32}, {"matthew", 32},
    {"matthieu", 32}, {"matvei", 32}, {"max", 122}, {"maxim", 122}, {"maxime", 122}, {"meg", 29},
    {"mehmet", 71}, {"michael", 33}, {"michal", 33}, {"michel", 33}, {"michele", 33}, {"mick", 33},
    {"mickey", 33}, {"miguel", 33}, {"mikael", 33}, {"mikalai", 34}, {"mike", 33}, {"mikhail", 33},
    {"mikhas", 33}, {"mikola", 34}, {"misha", 33}, {"mohamad", 71}, {"mohamed", 71},
    {"mohammad", 71}, {"mohammed", 71}, {"mohamud", 71}, {"mohd", 71}, {"moses", 132},
    {"moshe", 132}, {"mostafa", 85}, {"mousa", 132}, {"moussa", 132}, {"moustafa", 85},
    {"muhamed", 71}, {"muhammad", 71}, {"muhammed", 71}, {"musa", 132}, {"mustafa", 85},
    {"mykhailo", 33}, {"mykola", 34}, {"nadezhda", 64}, {"nadia", 64}, {"nadiya", 64},
    {"nadja", 64}, {"nadzeya", 64}, {"naser", 102}, {"nasir", 102}, {"nasser", 102},
    {"nastassia", 59}, {"nastya", 59}, {"natalia", 31}, {"natalie", 31}, {"nataliya", 31},
    {"natallia", 31}, {"natalya", 31}, {"natasha", 31}, {"nate", 147}, {"nathan", 147},
    {"nathaniel", 147}, {"ned", 9}, {"nicholas", 34}, {"nick", 34}, {"nicky", 34}, {"nicola", 34},
    {"nicolas", 34}, {"nikola", 34}, {"nikolai", 34}, {"nikolaos", 34}, {"nikolay", 34},
    {"oleg", 65}, {"oleh", 65}, {"oleksandr", 0}, {"oleksii", 58}, {"oleksiy", 58}, {"olena", 61},
    {"olga", 35}, {"olha", 35}, {"omar", 78}, {"omer", 78}, {"oscar", 135}, {"oskar", 135},
    {"osman", 79}, {"othman", 79}, {"pablo", 37}, {"paco", 12}, {"paddy", 36}, {"pam", 155},
    {"pamela", 155}, {"pancho", 12}, {"paolo", 37}, {"pat", 36}, {"patrice", 36},
    {"patricia", 156}, {"patricio", 36}, {"patrick", 36}, {"patrizia", 156}, {"patty", 156},
    {"paul", 37}, {"pavel", 37}, {"pavlo", 37}, {"pavol", 37}, {"pedro", 38}, {"peggy", 29},
    {"pepe", 22}, {"pete", 38}, {"peter", 38}, {"petr", 38}, {"petro", 38}, {"petrus", 38},
    {"phil", 39}, {"philip", 39}, {"philippe", 39}, {"philippos", 39}, {"phillip", 39},
    {"pierre", 38}, {"pietro", 38}, {"piotr", 38}, {"pyatro", 38}, {"pyotr", 38}, {"qasim", 106},
    {"qassem", 106}, {"rafael", 115}, {"rafal", 115}, {"raffaele", 115}, {"raheem", 105},
    {"rahim", 105}, {"raimondo", 40}, {"ramon", 40}, {"raphael", 115}, {"rasheed", 88},
    {"rashid", 88}, {"ray", 40}, {"raymond", 40}, {"rebecca", 157}, {"ricardo", 41},
    {"riccardo", 41}, {"rich", 41}, {"richard", 41}, {"rick", 41}, {"ricky", 41}, {"rob", 42},
    {"robbie", 42}, {"robert", 42}, {"roberto", 42}, {"rodrigo", 116}, {"roman", 123}, {"ron", 43},
    {"ronald", 43}, {"ronaldo", 43}, {"ronnie", 43}, {"ruslan", 124}, {"saeed", 83}, {"said", 83},
    {"saied", 83}, {"salah", 84}, {"saleh", 84}, {"salih", 84}, {"sam", 44}, {"sammy", 44},
    {"samuel", 44}, {"sandra", 158}, {"sandy", 158}, {"sasha", 0}, {"sayeed", 83}, {"semyon", 129},
    {"serge", 45}, {"sergei", 45}, {"sergey", 45}, {"sergio", 45}, {"sergiy", 45}, {"serhii", 45},
    {"serhiy", 45}, {"shimon", 129}, {"shlomo", 133}, {"siarhei", 45}, {"simeon", 129},
    {"simon", 129}, {"sofia", 162}, {"solomon", 133}, {"sophia", 162}, {"sophie", 162},
    {"stanislau", 126}, {"stanislav", 126}, {"stanislaw", 126}, {"stefan", 46}, {"stefano", 46},
    {"stepan", 46}, {"stephan", 46}, {"stephane", 46}, {"stephen", 46}, {"steve", 46},
    {"steven", 46}, {"sue", 149}, {"sulaiman", 133}, {"sulayman", 133}, {"suleiman", 133},
    {"suleyman", 133}, {"susan", 149}, {"susanna", 149}, {"susie", 149}, {"suzanne", 149},
    {"sveta", 47}, {"svetlana", 47}, {"sviatlana", 47}, {"svitlana", 47}, {"syarhei", 45},
    {"szczepan", 46}, {"tanya", 48}, {"tarek", 90}, {"tarik", 90}, {"tariq", 90}, {"tasiana", 48},
    {"tatiana", 48}, {"tatsiana", 48}, {"tatyana", 48}, {"ted", 49}, {"teddy", 49},
    {"teodoro", 49}, {"teresa", 166}, {"terry", 166}, {"tetiana", 48}, {"tetyana", 48},
    {"theo", 49}, {"theodore", 49}, {"theresa", 166}, {"therese", 166}, {"thom", 50},
    {"thomas", 50}, {"tim", 51}, {"timmy", 51}, {"timofei", 51}, {"timothy", 51}, {"tom", 50},
    {"tomas", 50}, {"tomasz", 50}, {"tommaso", 50}, {"tommy", 50}, {"tony", 2}, {"tricia", 156},
    {"uladzimer", 54}, {"uladzimir", 54}, {"umar", 78}, {"usman", 79}, {"uthman", 79},
    {"vasil", 63}, {"vasili", 63}, {"vasiliy", 63}, {"vasily", 63}, {"vasyl", 63},
    {"viachaslau", 127}, {"viacheslav", 127}, {"vic", 52}, {"vicente", 53}, {"vicky", 159},
    {"victor", 52}, {"victoria", 159}, {"viktar", 52}, {"viktor", 52}, {"viktoria", 159},
    {"viktoriya", 159}, {"vince", 53}, {"vincent", 53}, {"vincenzo", 53}, {"vittorio", 52},
    {"vladimir", 54}, {"volha", 35}, {"volodya", 54}, {"volodymyr", 54}, {"vova", 54},
    {"vyacheslav", 127}, {"waleed", 91}, {"walid", 91}, {"wally", 55}, {"walt", 55},
    {"walter", 55}, {"wilhelm", 56}, {"will", 56}, {"william", 56}, {"willie", 56}, {"willy", 56},
    {"wladimir", 54}, {"xavier", 119}, {"yaakov", 130}, {"yakov", 130}, {"yaroslav", 128},
    {"yaseen", 86}, {"yasin", 86}, {"yassin", 86}, {"yauhen", 11}, {"yekaterina", 24},
    {"yelena", 61}, {"yelisaveta", 10}, {"yelizaveta", 10}, {"yevgeni", 11}, {"yevgeny", 11},
    {"yevhen", 11}, {"yitzhak", 131}, {"yousef", 23}, {"youssef", 23}, {"yousuf", 23},
    {"yulia", 161}, {"yuliya", 161}, {"yuri", 57}, {"yurii", 57}, {"yuriy", 57}, {"yury", 57},
    {"yusif", 23}, {"yusuf", 23}, {"zach", 148}, {"zachary", 148}, {"zack", 148}, {"zainab", 95},
    {"zaynab", 95}, {"zeinab", 95}, {"zeynep", 95}, {"zofia", 162},
};

uint16_t stm_given_group(stemma_text plain)
{
    size_t low = 0;
    size_t high = plain.size < 2 ? 0 : sizeof GIVEN / sizeof *GIVEN;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *name = GIVEN[middle].name;
        int order = name[0] != plain.data[0]
                        ? (name[0] < (uint8_t)plain.data[0] ? -1 : 1)
                        : stemma_text_compare(stemma_text_of(name), plain);
        if (order == 0) {
            return (uint16_t)(GIVEN[middle].group + 1u);
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return 0;
}
