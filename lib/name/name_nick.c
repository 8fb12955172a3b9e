/* SPDX-License-Identifier: MIT */
#include "name/name_nick.h"

#include <string.h>

/* A name a line: its forms in several languages, then, behind a bar, pet forms. Words are plain
   keys. A pet form may stand for several names, for a man's and a woman's too. */
static const char *const NICKS[] = {
    /* Slavic, and what the same names are elsewhere */
    "aleksandr alexander alexandr aliaksandr alyaksandr oleksandr aleksander alexandre alejandro "
    "alessandro aleksandar aleksandros iskander | sasha sashka shura shurik sanya sania alex alec "
    "alik olek oles ales sandro sandor sander xander sandy lex",
    "aleksandra alexandra aliaksandra alyaksandra oleksandra | sasha sashenka shura sanya sandra "
    "alexa ola lesya lesia sandy alex",
    "aleksei alexei aleksey alexey aliaksei alyaksei oleksii oleksiy | alyosha aliosha lyosha lesha "
    "aleksej lyokha olexa",
    "anastasia anastasiya anastasiia nastassia anastazja | nastya nastia nastyusha asya stasya "
    "stacy nastusia tasia",
    "anatoly anatoliy anatolii anatol | tolya tolia tolik",
    "andrei andrey andrej andriy andrii andrew andreas andre andres andrea andrzej ondrej andras | "
    "andy drew andryusha andryukha andrusha jedrek andrusz",
    "anna hanna ganna ann anne hannah ana | anya ania annie anyuta nyura hanka anka nan nancy anita "
    "anushka anechka asya",
    "anton antoni anthony antony antonio antoine antonin | tony toni tonio antek antosha tosha tonda "
    "antosh",
    "antonina antonia | tonya tonia tosya nina",
    "arkady arkadiy arkadz | arkasha",
    "artem artyom artsiom artemy | tyoma tema tioma",
    "boris barys borys | borya boria bob",
    "bohdan bogdan bahdan | danya bodya",
    "daniil daniel danila danylo | danya danik dan danny dani",
    "darya daria dariya dasha | dasha dashenka dashka",
    "denis dennis dzianis denys | den deniska",
    "dmitry dmitri dmitriy dmitrii dzmitry dmytro dimitri dimitrios dimitar | dima dimka mitya mitia "
    "dimitris mitko dimon",
    "eduard edward edvard eduardo edouard | edik eddie ed ted ned teddy edek lalo",
    "ekaterina yekaterina katsiaryna kateryna katarzyna catherine katherine kathryn katerina caterina "
    "catalina katarina katharina | katya katia kate katie kathy cathy kat kasia katyusha kitty kit "
    "katka trina katja",
    "elena yelena alena olena helen helena helene ellen jelena ilona | lena lenka lenochka alyona nell "
    "nellie ella elenka",
    "elizaveta yelizaveta yelisaveta lizaveta elizabeth elisabeth elisabetta isabel isabella elzbieta "
    "jelizaveta jelisaweta | liza liz lisa lizzie beth betty bess libby eliza elise elsie bella elza "
    "ela betsy",
    "evgeny yevgeny evgeniy yevgeniy evgeni yevgeni yauhen yevhen eugene eugen eugeniusz | zhenya "
    "jenya zhenia gene genek",
    "evgenia yevgenia evgeniya yevgeniya yauheniya yevheniia eugenia | zhenya jenya zhenia gena",
    "fyodor fedor fiodar fedir theodore teodor theodor teodoro | fedya fedia ted teddy theo teo",
    "galina halina | galya galia halya hala",
    "gennady gennadiy henadz hennadii | gena genka",
    "georgy georgiy georgi heorhiy george jorge georg giorgi giorgio georgios jerzy yuri yury | zhora "
    "gosha yegor egor georgie jurek goga gogi yorgos jordi",
    "grigory grigoriy ryhor hryhoriy hryhorii gregory gregor gregorio grzegorz | grisha hrysha greg "
    "gregg grzesiek",
    "ignat ihnat ignacy ignacio ignatius | nacho ignacek",
    "igor ihar ihor | garik igorek",
    "ilya ilia illia elia elijah elias | ilyusha ilyukha eli",
    "inna ina | innochka",
    "ioann ivan iwan john jan jean juan giovanni johann johannes johan joao yan jovan ioannis hans ian "
    "sean shaun evan jon ivane | vanya vania johnny jack johnnie janek yanka ivanko hansi gianni yannis "
    "vano jannis jasio jack",
    "iosif yosif joseph jose josef jozef giuseppe yosef yusuf youssef yousef | joe joey osip pepe beppe "
    "sepp yossi josie soso pepito jozek zef",
    "irina iryna irena irene | ira irka irochka irinka rena irenka",
    "kirill kiryl kyrylo cyril | kirya kira",
    "konstantin kanstantsin kostiantyn constantin constantine constantino | kostya kostia kostik kastus "
    "costa costas dino kot",
    "ksenia kseniya xenia aksana oksana | ksyusha ksusha oksanka xana",
    "larisa larysa | lara lora larysia",
    "leonid leanid | lyonya lenya lonya",
    "lev leo leon leu | lyova leva lyovushka lewa",
    "lidia lidiya lydia | lida lidka lidochka",
    "lyudmila ludmila liudmila lyudmyla ljudmila | lyuda luda lyusya mila lucy ludka lucia",
    "lyubov liubou lubov | lyuba luba lyubasha",
    "maksim maxim maksym maximilian massimo maximo | max maks maxi",
    "margarita margaret margaryta marguerite margherita malgorzata margarete | rita maggie meg peggy "
    "margo greta gosia madge marge gretchen margie daisy ritochka",
    "maria mariya maryia mary marie mariia marya maryam miriam maryja marija mariam | masha mashka manya "
    "marusya maruska mania mia molly polly mariyka marysia maryla mimi mari musya mashenka mitzi",
    "marina maryna | marisha marinka",
    "matvei matvey matsvei matthew matteo mateo mateusz matthias matthaus mathieu | matt matty motya "
    "mats matz matvejka",
    "mikhail michael mikhas mykhailo mihail michal miguel michel michele mihai mikael mikhael mihalis | "
    "misha mishka mike mick mickey mikey miki miko mischa mihas michas micky",
    "nadezhda nadzeya nadiya nadejda nadia | nadya nadia nadyusha nadine nadja",
    "natalia nataliya natalya natallia natalie nathalie | natasha nata natka natacha tasha talia "
    "natusya natalka",
    "nikita mikita mykyta | nika nikitka",
    "nikolai nikolay mikalai mikola mykola nicholas nicolas nikola nicola nikolaos mikolaj niccolo "
    "nikolaus klaus | kolya kolia nick nicky kolka mikolka niko nikos nico klaas nicolai claus",
    "oleg aleh oleh | olezhka olegek",
    "olga volha olha | olya olia olka olenka",
    "pavel pavlo paval paul pablo paolo paulo pawel pal paulus | pasha pashka pavlik paulie pavlusha "
    "pawelek paco",
    "pyotr petr piotr pyatro petro peter pedro pierre pietro pieter petros petar piter petrus | petya "
    "petia petka pete pit pepe perico piotrek petrik",
    "polina palina paulina pauline | polya polinka lina",
    "raisa rayisa | raya",
    "roman raman | roma romka romek",
    "rostislav rastislau rostyslav | slava rostik",
    "ruslan | rusik rus",
    "semyon syamyon semen simon simeon shimon szymon simone | syoma sema senya simi szymek si",
    "sergei sergey siarhei syarhei serhii serhiy sergiy sergio serge sergiusz | seryozha seryoga serezha "
    "serhiyko syarhey sergo",
    "sofia sofya sophia sophie zofia safiya sofiya | sonya sonia zosia sofa zosya sofi",
    "stanislav stanislau stanislaw stanislaus | stas slava stan stasik staszek stach",
    "stepan stsiapan stephen steven stefan stephan esteban stefano etienne szczepan stephane stefanos | "
    "styopa stepa steve stevie stef stiopa",
    "svetlana sviatlana svitlana | sveta svetka lana svetochka",
    "taisia taisiya | taya tasya",
    "tamara | toma tomochka",
    "tatiana tatyana tatsiana tetiana tasiana | tanya tania tanka tata tanechka tana",
    "timofei timothy tsimafei tymofiy timoteo | tima tim timmy timosha timka",
    "uladzimir vladimir volodymyr uladzimer wladimir waldemar vladimiros | vova volodya vovka vlad "
    "volodia vovochka vladik waldek valodzia vova",
    "vadim vadzim vadym | vadik vadya dima",
    "valentina valiantsina valentyna | valya valia tina",
    "valentin valiantsin | valya valik",
    "valery valeriy valeri valerii | valera lera valerka",
    "valeria valeriya valeryia | lera valera valya",
    "varvara barbara | varya varia barb barbie babs basia barbra bobbie",
    "vasily vasiliy vasil vasyl vasili basil vassily wasyl vasilios | vasya vasia vaska vasilko vasilis",
    "vera wiera | verka verochka verunya",
    "veronika veronica weronika | nika vera ronnie roni weronka",
    "viktor viktar victor vittorio wiktor | vitya vitia vic vik vitek viktorek",
    "viktoria viktoriya viktoryia victoria wiktoria | vika vicky vicki tori vikusya",
    "vitaly vitaliy vital vitalii vitalis | vitalik vitya",
    "vladislav uladzislau vladyslav wladyslaw ladislav | vlad vladik slava wladek laco",
    "vyacheslav viacheslav viachaslau vaclav vacheslav waclaw vyachaslau | slava slavik vasek wacek",
    "vsevolod usevalad | seva",
    "yakov jacob yakau jakub jakob james jaime yaakov giacomo jacques iago diego santiago jacobo | yasha "
    "jake jim jimmy jamie jack kuba yashka kobi kuba iakob",
    "yaroslav jaroslav yaraslau jaroslaw | slava yarik jarek yarek",
    "yevdokia eudokia | dunya",
    "yulia yuliya yuliia julia iuliia julie giulia | yulya yulka yulechka jul",
    "yuri yury yuriy yurii iouri iurii juri jury | yura yurka yurik yurko",
    "zinaida | zina zinka",
    "zoya zoia zoe | zoyka",
    "tadeusz tadevush thaddeus tadeo | tadek tad tadzik thad",
    "kazimierz kazimir casimir | kazik kaz kazimierek",
    "boleslaw boleslav | bolek bolko",
    "zbigniew | zbyszek",
    "wojciech vojtech adalbert | wojtek vojta",
    "krzysztof christopher kristof cristobal christophe cristoforo | krzysiek chris kit kris topher "
    "kristo stof",
    "agnieszka agnes ines inez agnessa | aga nessa",
    "joanna joan jane jeanne juana giovanna johanna janina jana zhanna yana ioanna | asia jenny jan joasia "
    "janie jeannie joanie janka jo",
    "tomasz thomas tomas tommaso foma tamas | tom tommy thom tomek tomasek",
    "jadwiga hedwig | jadzia hedy",
    /* English */
    "william wilhelm guillaume guillermo guglielmo willem vilem vilhelm | bill billy will willie willy "
    "wim liam memo wilek helmut",
    "robert roberto rupert ruprecht | bob bobby rob robbie bert robin beto robi",
    "richard ricardo riccardo ryszard rikard | dick rick ricky rich richie dickie rysiek",
    "edmund edmundo | ed eddie ned ted",
    "charles carlos carlo karl carl karol karel karoly | charlie chuck chas charley carlitos karolek kalle",
    "henry heinrich enrique enrico henri henryk hendrik henrik | harry hank hal heinz rico kike hannes "
    "heini heniek",
    "james | jim jimmy jamie jem jimbo",
    "joseph | joe joey jo",
    "lawrence laurence lorenzo laurent lorenz | larry laurie lenny renzo",
    "francis francisco francesco francois franz frantisek franciszek frank | frank frankie paco pancho "
    "fran ciccio kiko curro franta franek",
    "frances francesca francisca francoise franziska | fran frannie fanny paquita franny francie",
    "frederick friedrich federico frederic fryderyk | fred freddie freddy fritz rico fede",
    "albert alberto albrecht | al bert bertie beto",
    "alfred alfredo | al alf alfie fred",
    "benjamin binyamin benjamim | ben benny benji benjy",
    "samuel samuil | sam sammy",
    "samantha | sam sammie",
    "patrick patricio padraig | pat paddy rick",
    "patricia patrizia | pat patty tricia trish patsy",
    "nathaniel nathan natan | nate nat",
    "jonathan yonatan jonatan | jon jonny yoni nathan",
    "joshua yehoshua josue | josh",
    "david davide dawid davyd dawood daoud davit | dave davey dodik davidek dato",
    "abraham avraham ibrahim | abe bram avi abie",
    "isaac yitzhak ishaq izaak | ike zak itzik izzy",
    "jeffrey geoffrey godfrey | jeff geoff",
    "gerald gerard gerhard gerardo | gerry jerry gerd geert",
    "donald domhnall | don donnie donny",
    "ronald ronaldo reinhold | ron ronnie ronny",
    "raymond ramon raimondo raimund | ray moncho mon",
    "leonard leonardo leonhard | leo len lenny leon nardo",
    "philip phillip philippe filip felipe filippo philippos | phil pip felo",
    "walter gualtiero | walt wally wat",
    "zachary zacharias | zach zack zak",
    "susan susanna suzanne zuzana zuzanna susana shoshana | sue susie suzy sanna zuza",
    "deborah debra dvora | deb debbie debby",
    "jennifer guinevere | jen jenny jenn",
    "jessica | jess jessie",
    "rebecca rivka | becky becca beck",
    "dorothy dorothea dorota dorotea | dot dottie dolly dorothee",
    "theresa teresa therese tereza | terry tess tessa tere teri",
    "christina christine kristina cristina krystyna christiane | chris chrissy tina kris krysia kirsten "
    "tini stina",
    "martha marta marfa | marty patty",
    "judith yehudit judyta | judy jude",
    "victoria | vicky vic tori",
    "pamela | pam",
    "caroline carolina karolina carolyn | carrie carol caro lina karo",
    "eleanor eleonora leonor eleonore | ellie nell nora ella lora elle nelly",
    "ignatius | iggy",
    "anthony | tony ant",
    "archibald | archie",
    "bartholomew bartolome bartosz bartolomeo | bart bartek barto",
    "clifford | cliff",
    "douglas | doug",
    "eugene | gene",
    "gabriel gabriele gavriil jibril | gabe gabi gavri",
    "harold harald | harry hal",
    "herbert heriberto | herb bert bertie",
    "kenneth | ken kenny",
    "madeleine magdalena madeline magdalene | maddie magda lena madge leni",
    "michelle michele mikaela michaela | shelly mickey misha",
    "mitchell | mitch",
    "oliver oliviero olivier | ollie noll",
    "raphael rafael raffaele rafal | rafa rafi raf",
    "reginald reynaldo | reg reggie",
    "roderick rodrigo | rod roddy ruy",
    "solomon shlomo sulayman suleiman suleyman salomon | sol solly",
    "terence terrence | terry tel",
    "vincent vicente vincenzo wincenty | vince vin vinnie chente enzo",
    "cynthia | cindy cyn",
    "amanda | mandy",
    "valerie | val",
    "penelope | penny pinelopi",
    "gregory | greg",
    /* Romance, German, Greek, Hungarian, Nordic */
    "alfonso alphonse alonso | fonso poncho",
    "concepcion | concha conchita",
    "dolores | lola lolita",
    "guadalupe | lupe lupita",
    "ignacio | nacho",
    "javier xavier | javi xavi",
    "jesus | chucho chuy",
    "manuel emanuel emmanuel manoel | manolo manny lolo manu manolis",
    "luis louis ludwig luigi lewis lodovico ludovic alois aloysius | lou louie lucho gigi luisito loisl",
    "luisa louisa louise | lulu lou lula",
    "rosario | charo",
    "pilar | pili",
    "francisca | paca paquita",
    "fernando ferdinand hernando ferdinando | nando fer ferdi",
    "eduardo | lalo edu",
    "rafael | rafa",
    "gustav gustavo gustave gustaw | gus gusti tavo",
    "sebastian sebastiano sebastien | seb basti bastian bas sebas",
    "matthias | hias matze",
    "johannes | hannes jannes hans",
    "maximilian | max maxl",
    "ulrich ulrik | uli utz",
    "wolfgang | wolf wolfi",
    "dietrich theoderich | dirk dieter dietz",
    "athanasios | thanasis thanos sakis",
    "evangelos | vangelis",
    "dimitrios | mimis dimos",
    "panagiotis | panos takis",
    "konstantinos | kostas dinos",
    "istvan | pista isti",
    "laszlo | laci",
    "ferenc | feri",
    "gyorgy | gyuri",
    "giuseppe | beppe peppe pino",
    "salvatore salvador | toto salva turi",
    "domenico domingo dominic dominik dominique | mimmo dom nico",
    /* Arabic, Persian, Turkish, Hebrew, Georgian, Armenian: forms rather than pet names */
    "muhammad mohammed mohamed mohammad muhammed mehmet mohamad mamadou muhamed magomed muhammadu | "
    "mohd md hamada mo memo",
    "abdullah abdallah abdulla abdoulaye | abdo abdou abdul",
    "abdelrahman abdulrahman abderrahman abdurrahman abdirahman | abdo abdou",
    "fatima fatimah fatma fatemeh fatoumata | fati fatoum",
    "mustafa mostafa moustafa mustapha | mosti sati",
    "khadija hadija khadijah hatice | khadooja",
    "ismail ismael ishmael | somaa",
    "mahmoud mahmud mehmood | hamada",
    "ali aly | aloush",
    "reuven ruben reuben | rubi rubik ruvi",
    "moshe moses musa moussa mousa | moishe moe musya",
    "shmuel samuel | shmulik muli",
    "avigdor | vigdor",
    "giorgi | gio goga gogi giga",
    "nikoloz | nika niko kolya",
    "levan | lekso leo",
    "hovhannes hovannes ohannes | hovik hovo vano",
    "gevorg kevork | gevo gev",
};

#define COUNT (sizeof NICKS / sizeof NICKS[0])

/* The next word of a line; the bar is one. */
static int next_word(const char *line, size_t *at, stemma_text *word)
{
    while (line[*at] == ' ') {
        ++*at;
    }
    word->data = line + *at;
    word->size = strcspn(word->data, " ");
    *at += word->size;
    return word->size != 0;
}

/* Whether the name of a line has this form: 0 no, 1 a form, 2 a pet form. */
static int form_of(const char *line, stemma_text plain)
{
    stemma_text word;
    int kind = 1;
    for (size_t at = 0; next_word(line, &at, &word);) {
        if (word.data[0] == '|') {
            kind = 2;
        } else if (word.data[0] == plain.data[0] && stemma_text_equal(word, plain)) {
            return kind;
        }
    }
    return 0;
}

uint32_t stm_nick_groups(stemma_text plain, uint16_t groups[STM_NICK_GROUPS])
{
    uint32_t count = 0;
    for (size_t i = 0; plain.size > 1 && i < COUNT && count < STM_NICK_GROUPS; i++) {
        if (form_of(NICKS[i], plain) != 0) {
            groups[count++] = (uint16_t)i;
        }
    }
    return count;
}

stm_nick_relation stm_nick_relate(stemma_text plain, const uint16_t *groups, uint32_t count,
                                  stemma_text word)
{
    stm_nick_relation best = STM_NICK_STRANGERS;
    for (uint32_t i = 0; i < count && word.size > 1; i++) {
        const char *line = NICKS[groups[i]];
        int other = form_of(line, word);
        if (other != 0) {
            if (other == 1 && form_of(line, plain) == 1) {
                return STM_NICK_FORMS;
            }
            best = STM_NICK_PET;
        }
    }
    return best;
}

int stm_nick_next(uint16_t group, size_t *at, stemma_text *form)
{
    while (next_word(NICKS[group], at, form)) {
        if (form->data[0] != '|') {
            return 1;
        }
    }
    return 0;
}
